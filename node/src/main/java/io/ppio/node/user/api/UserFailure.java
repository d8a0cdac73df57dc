package io.ppio.node.user.api;

/// A request that was refused or a job that failed, in terms a client can act on (interface
/// specification 1.4).
public final class UserFailure extends Exception {
  private static final long serialVersionUID = 1;

  /// The typed codes of the specification.
  public enum Code {
    /// Any other failure; free text.
    FAIL(307001, -1, ""),
    /// A bad parameter value: `illegal option: <param>: <reason>`.
    OPTION_ILLEGAL(307002, -1, ""),
    OBJECT_NOT_FOUND(307003, -1, "object not found"),
    TIMEOUT(307004, -1, "timeout"),
    BUCKET_NOT_EXIST(307101, -1, "bucket not exists"),
    BUCKET_EXIST(307102, -1, "bucket exists"),
    BUCKET_EXCEED(307103, -1, "bucket count exceeds 100"),
    BUCKET_NOT_EMPTY(307104, -1, "bucket not empty"),
    OBJECT_KEY_NOT_EXIST(307151, -1, "key not exists"),
    OBJECT_KEY_EXIST(307152, 2017, "key exists"),
    TASK_NOT_FOUND(307201, -1, "task not found"),
    /// The operation is not allowed in the task's state; the message names the state that is
    /// missing.
    TASK_STATE(307202, -1, ""),
    JOB_QUEUE_FULL(307203, -1, "job queue full"),
    SCHEDULE_FAILED(307301, 2003, "failed to schedule task"),
    RENEW_NOT_NEEDED(307302, 2009, "no need to renew object"),
    BALANCE(307303, -1, "insufficient balance");

    private final int typed;
    private final int wire;
    private final String message;

    Code(int typed, int wire, String message) {
      this.typed = typed;
      this.wire = wire;
      this.message = message;
    }

    /// The typed code, 3070xx to 3073xx.
    public int typed() {
      return typed;
    }

    /// What `error.code` carries in the compatible form.
    public int wire() {
      return wire;
    }

    /// The canonical message; empty where each failure has its own.
    public String message() {
      return message;
    }
  }

  private final Code code;

  /// A failure with the canonical message of `code`.
  public UserFailure(Code code) {
    this(code, code.message);
  }

  /// A failure with a message of its own.
  public UserFailure(Code code, String message) {
    super(message);
    this.code = code;
  }

  /// `illegal option: <param>: <reason>`.
  public static UserFailure illegalOption(String param, String reason) {
    return new UserFailure(Code.OPTION_ILLEGAL, "illegal option: " + param + ": " + reason);
  }

  /// What is wrong.
  public Code code() {
    return code;
  }
}
