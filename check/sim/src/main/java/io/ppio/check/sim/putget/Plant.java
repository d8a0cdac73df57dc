package io.ppio.check.sim.putget;

import io.ppio.env.Env;
import io.ppio.env.StoreBatch;
import io.ppio.env.simulated.around.ForgetfulEnv;
import io.ppio.network.peer.NodeRole;
import io.ppio.network.wire.Method;
import io.ppio.node.host.NodeHost;

/// A bug that is put into a role from outside, to see that the world finds it. No role knows of it.
public enum Plant {
  /// None.
  NONE("none"),
  /// Miners acknowledge copies before they are on the medium. What they take as payment is: keys
  /// given out for it are another bug.
  ACKNOWLEDGE_BEFORE_FSYNC("acknowledge-before-fsync") {
    @Override
    Env around(NodeRole role, Env env) {
      return role == NodeRole.MINER ? new ForgetfulEnv(env, _ -> true, Plant::isPayment) : env;
    }
  },
  /// Verifiers give keys before they have looked at the voucher.
  KEY_BEFORE_PROOF("key-before-proof") {
    @Override
    void change(NodeRole role, NodeHost host) {
      if (role == NodeRole.VERIFIER) {
        host.services().wrap(Method.LANE, real -> new EagerKeyHolder(host, real));
      }
    }
  },
  /// The indexer counts one proof for two copies.
  COPY_COUNTED_TWICE("copy-counted-twice") {
    @Override
    Env around(NodeRole role, Env env) {
      return role == NodeRole.INDEXER ? new CountingTwiceEnv(env) : env;
    }
  };

  /// First byte of the keys under which a miner's store has vouchers.
  private static final int VOUCHERS = 'V';

  private final String text;

  Plant(String text) {
    this.text = text;
  }

  /// What stands behind `--plant`.
  @Override
  public String toString() {
    return text;
  }

  /// The environment in which a role runs.
  Env around(NodeRole role, Env env) {
    return env;
  }

  /// Changes what a started node answers.
  void change(NodeRole role, NodeHost host) {}

  private static boolean isPayment(StoreBatch batch) {
    return batch.changes().stream()
        .anyMatch(
            change -> change instanceof StoreBatch.Change.Put put && put.key().at(0) == VOUCHERS);
  }
}
