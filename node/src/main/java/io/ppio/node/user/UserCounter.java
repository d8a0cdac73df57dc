package io.ppio.node.user;

import io.ppio.env.Counter;
import io.ppio.node.user.api.UserApi;

/// What an operator sees of a user node.
public enum UserCounter implements Counter {
  TASKS_PENDING("tasks", "waiting for their turn now"),
  TASKS_RUNNING("tasks", "at work now"),
  TASKS_PAUSED("tasks", "paused now"),
  TASKS_FINISHED("tasks", "finished and still listed now"),
  TASKS_ERROR("tasks", "failed and still listed now"),
  PEERS("peers", "with a tunnel now");

  private final String unit;
  private final String meaning;

  UserCounter(String unit, String meaning) {
    this.unit = unit;
    this.meaning = meaning;
  }

  static UserCounter of(UserApi.TaskState state) {
    return switch (state) {
      case PENDING -> TASKS_PENDING;
      case RUNNING -> TASKS_RUNNING;
      case PAUSED -> TASKS_PAUSED;
      case FINISHED -> TASKS_FINISHED;
      case ERROR -> TASKS_ERROR;
    };
  }

  @Override
  public String unit() {
    return unit;
  }

  @Override
  public String meaning() {
    return meaning;
  }
}
