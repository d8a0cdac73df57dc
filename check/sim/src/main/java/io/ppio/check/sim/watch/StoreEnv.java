package io.ppio.check.sim.watch;

import io.ppio.env.Disk;
import io.ppio.env.Env;
import io.ppio.env.Store;
import io.ppio.env.StoreBatch;
import io.ppio.env.simulated.around.AroundDisk;
import io.ppio.env.simulated.around.AroundEnv;
import io.ppio.env.simulated.around.AroundStore;
import java.io.IOException;

/// An environment whose stores take other batches than they are given.
public abstract class StoreEnv extends AroundEnv {
  private final Disk disk;

  protected StoreEnv(Env inner) {
    super(inner);
    this.disk =
        new AroundDisk(inner.disk()) {
          @Override
          protected Store around(Store store) {
            return new AroundStore(store) {
              @Override
              public boolean commit(StoreBatch batch, Durability durability) throws IOException {
                return inner.commit(changed(store, batch), durability);
              }
            };
          }
        };
  }

  /// What is committed to `store` in the place of `batch`.
  protected abstract StoreBatch changed(Store store, StoreBatch batch) throws IOException;

  @Override
  public Disk disk() {
    return disk;
  }
}
