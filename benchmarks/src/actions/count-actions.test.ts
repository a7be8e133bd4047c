import { expect, test } from "vitest";
import { parseExposition } from "../measure/prometheus.ts";
import { actionsByKind, actionsSince, heartbeatRequests, mayAgree } from "./count-actions.ts";

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

test("each activity may have let go of one heartbeat, and none comes from nowhere", () => {
  expect(mayAgree({ sent: 33, received: 31, activities: 3 })).toBe(true);
  expect(mayAgree({ sent: 33, received: 29, activities: 3 })).toBe(false);
  expect(mayAgree({ sent: 31, received: 32, activities: 3 })).toBe(false);
});
