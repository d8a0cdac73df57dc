package io.ppio.env.simulated;

import io.ppio.env.simulated.fixtures.DiskContract;
import io.ppio.env.simulated.fixtures.LinksContract;
import io.ppio.env.simulated.fixtures.StoreContract;
import io.ppio.env.simulated.fixtures.TasksContract;
import java.net.InetSocketAddress;
import java.nio.file.Path;

/// The simulated environment keeps the promises of the seam.
class SimEnvContractTest implements TasksContract, DiskContract, StoreContract, LinksContract {
  private static final Path FOLDER = Path.of("/data");

  @Override
  public void in(Body body) {
    SimWorld.run(
        1,
        env -> {
          env.disk().createFolders(FOLDER);
          body.use(env, FOLDER);
        });
  }

  @Override
  public InetSocketAddress anyPort() {
    return new InetSocketAddress(0);
  }
}
