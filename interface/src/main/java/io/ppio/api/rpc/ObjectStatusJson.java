package io.ppio.api.rpc;

import io.ppio.api.json.Json;
import io.ppio.incentive.contract.ObjectState;
import io.ppio.node.user.api.UserApi;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The status document of an object (interface specification 3.3).
final class ObjectStatusJson {
  private ObjectStatusJson() {}

  static ObjectNode of(UserApi.ObjectStatus status) {
    UserApi.ObjectView object = status.object();
    ObjectNode json =
        Json.object()
            .put("bucket", object.bucket())
            .put("key", object.key())
            .put("length", object.length())
            .put("create", Json.timestamp(object.created()))
            .put("expires", Json.timestamp(object.expires()))
            .put("state", object.state().map(ObjectState::label).orElse(""));
    ArrayNode segments = json.putArray("contracts");
    for (UserApi.SegmentView segment : status.segments()) {
      ArrayNode contracts =
          segments.addObject().put("Hash", segment.chunkHash()).putArray("Contracts");
      segment.contracts().forEach(contract -> contracts.add(contract(contract)));
    }
    return json;
  }

  private static ObjectNode contract(UserApi.ContractView contract) {
    ObjectNode json =
        Json.object()
            .put("ContractID", contract.id())
            .put("Status", contract.status().name())
            .put("MinerID", contract.miner())
            .put("UserChiPrice", contract.userChiPrice().toString())
            .put("MinerChiPrice", contract.minerChiPrice().toString())
            .put("ChunkSize", contract.chunkSize())
            .put("Funds", contract.funds().toString())
            .put("BeginTime", contract.begin().getEpochSecond())
            .put("ExpireTime", contract.expire().getEpochSecond());
    return contract.note().isEmpty() ? json : json.put("Note", contract.note());
  }
}
