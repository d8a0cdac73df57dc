package io.ppio.api.rpc;

import io.ppio.node.user.api.UserFailure;
import java.util.Optional;

/// An answer that is an error: a protocol error of JSON-RPC or a refusal of the user node.
public final class RpcError extends Exception {
  private static final long serialVersionUID = 1;

  static final int PARSE_ERROR = -32700;
  static final int INVALID_REQUEST = -32600;
  static final int METHOD_NOT_FOUND = -32601;
  static final int INVALID_PARAMS = -32602;
  static final int INTERNAL_ERROR = -32603;

  private final int code;
  private final transient Optional<UserFailure.Code> typed;

  private RpcError(int code, Optional<UserFailure.Code> typed, String message) {
    super(message);
    this.code = code;
    this.typed = typed;
  }

  static RpcError protocol(int code, String message) {
    return new RpcError(code, Optional.empty(), message);
  }

  static RpcError of(UserFailure failure) {
    return new RpcError(
        failure.code().wire(), Optional.of(failure.code()), String.valueOf(failure.getMessage()));
  }

  /// What `error.code` carries in the compatible form.
  int code() {
    return code;
  }

  /// What `error.data` carries; empty for protocol errors.
  Optional<UserFailure.Code> typed() {
    return typed;
  }
}
