package io.ppio.env.real;

import io.ppio.env.simulated.fixtures.DiskContract;
import io.ppio.env.simulated.fixtures.LinksContract;
import io.ppio.env.simulated.fixtures.StoreContract;
import io.ppio.env.simulated.fixtures.TasksContract;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/// The real environment keeps the promises of the seam.
class RealEnvContractTest implements TasksContract, DiskContract, StoreContract, LinksContract {
  @TempDir Path folder;

  @Override
  public void in(Body body) throws Exception {
    body.use(new RealEnv("node", folder, new RecordedLog()), folder);
  }

  @Override
  public InetSocketAddress anyPort() {
    return LoopbackLink.anyPort();
  }
}
