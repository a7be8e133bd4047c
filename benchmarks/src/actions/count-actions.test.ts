import { expect, test } from "vitest";
import { parseExposition } from "../measure/prometheus.ts";
import { actionsByKind, actionsSince, heartbeatRequests, runningActivities } from "./count-actions.ts";

const server = parseExposition(`
action{action_type="grpc_StartWorkflowExecution",namespace="temporal_system",operation="StartWorkflowExecution"} 9
action{action_type="grpc_RecordActivityTaskHeartbeat",namespace="herald",operation="RecordActivityTaskHeartbeat"} 26
action{action_type="command_ScheduleActivityTask",namespace="herald",operation="RespondWorkflowTaskCompleted"} 3
action{action_type="command_ScheduleActivityTask",namespace="herald",operation="Other"} 2
service_requests{namespace="herald",operation="RecordActivityTaskHeartbeat",service_name="frontend"} 26
service_requests{namespace="herald",operation="RecordActivityTaskHeartbeat",service_name="history"} 26
`);

test("actions of our namespace are counted by kind, those of Temporal's own workflows are not", () => {
  expect(actionsSince(new Map([["command_ScheduleActivityTask", 2]]), actionsByKind(server))).toEqual({
    command_ScheduleActivityTask: 3,
    grpc_RecordActivityTaskHeartbeat: 26,
  });
});

test("a heartbeat is counted once at the server, and the same by the SDK's name for it", () => {
  const sdk = parseExposition('temporal_request_total{operation="RecordActivityTaskHeartbeat",namespace="herald"} 26\n');
  expect(heartbeatRequests(server)).toBe(26);
  expect(heartbeatRequests(sdk)).toBe(26);
});

test("running activities are the slots in use of activity workers alone", () => {
  const sdk = parseExposition(`
temporal_worker_task_slots_used{worker_type="ActivityWorker",task_queue="dispatch"} 2
temporal_worker_task_slots_used{worker_type="WorkflowWorker",task_queue="dispatch"} 5
`);
  expect(runningActivities(sdk)).toBe(2);
});
