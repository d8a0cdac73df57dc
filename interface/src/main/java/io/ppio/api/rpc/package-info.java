/// The JSON-RPC service of the user daemon (interface specification, sections 1 and 2).
///
/// Open [io.ppio.api.rpc.RpcServer] first: it guards the listener and hands bodies to
/// [io.ppio.api.rpc.JsonRpcHandler], which finds the method in a [io.ppio.api.rpc.MethodTable].
/// Each request runs on a virtual thread of the HTTP server.
@NullMarked
package io.ppio.api.rpc;

import org.jspecify.annotations.NullMarked;
