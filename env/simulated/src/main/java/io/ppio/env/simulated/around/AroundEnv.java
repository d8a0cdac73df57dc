package io.ppio.env.simulated.around;

import io.ppio.env.Clock;
import io.ppio.env.Disk;
import io.ppio.env.Env;
import io.ppio.env.Links;
import io.ppio.env.Log;
import io.ppio.env.Tasks;
import java.util.random.RandomGenerator;

/// An environment around another one. Here everything goes through; what is to be seen or spoiled
/// is overridden.
public abstract class AroundEnv implements Env {
  private final Env inner;

  protected AroundEnv(Env inner) {
    this.inner = inner;
  }

  @Override
  public Clock clock() {
    return inner.clock();
  }

  @Override
  public RandomGenerator random(String purpose) {
    return inner.random(purpose);
  }

  @Override
  public void secret(byte[] target) {
    inner.secret(target);
  }

  @Override
  public Tasks tasks(String name) {
    return inner.tasks(name);
  }

  @Override
  public Links links() {
    return inner.links();
  }

  @Override
  public Disk disk() {
    return inner.disk();
  }

  @Override
  public Log log() {
    return inner.log();
  }
}
