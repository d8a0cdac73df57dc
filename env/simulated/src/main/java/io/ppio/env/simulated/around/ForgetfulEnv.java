package io.ppio.env.simulated.around;

import io.ppio.env.Disk;
import io.ppio.env.DiskFile;
import io.ppio.env.Env;
import io.ppio.env.Store;
import io.ppio.env.StoreBatch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.function.Predicate;

/// An environment whose disk says that bytes are on the medium when they are not: files and folders
/// are not forced, and synced commits are not synced. A role on it acknowledges before anything is
/// durable.
public final class ForgetfulEnv extends AroundEnv {
  private final Disk disk;

  /// @param forgotten which files and folders are not forced
  /// @param kept which commits are synced all the same
  public ForgetfulEnv(Env inner, Predicate<Path> forgotten, Predicate<StoreBatch> kept) {
    super(inner);
    this.disk = new ForgetfulDisk(inner.disk(), forgotten, kept);
  }

  @Override
  public Disk disk() {
    return disk;
  }

  private static final class ForgetfulDisk extends AroundDisk {
    private final Predicate<Path> forgotten;
    private final Predicate<StoreBatch> kept;

    ForgetfulDisk(Disk inner, Predicate<Path> forgotten, Predicate<StoreBatch> kept) {
      super(inner);
      this.forgotten = forgotten;
      this.kept = kept;
    }

    @Override
    public void forceFolder(Path folder) throws IOException {
      if (!forgotten.test(folder)) {
        super.forceFolder(folder);
      }
    }

    @Override
    protected DiskFile around(Path path, DiskFile file) {
      return forgotten.test(path) ? new ForgetfulFile(file) : file;
    }

    @Override
    protected Store around(Store store) {
      return new AroundStore(store) {
        @Override
        public boolean commit(StoreBatch batch, Durability durability) throws IOException {
          return inner.commit(batch, kept.test(batch) ? durability : Durability.UNSYNCED);
        }
      };
    }
  }

  private record ForgetfulFile(DiskFile inner) implements DiskFile {
    @Override
    public int read(ByteBuffer target, long position) throws IOException {
      return inner.read(target, position);
    }

    @Override
    public void write(ByteBuffer source, long position) throws IOException {
      inner.write(source, position);
    }

    @Override
    public void force() {}

    @Override
    public long size() throws IOException {
      return inner.size();
    }

    @Override
    public void allocate(long size) throws IOException {
      inner.allocate(size);
    }

    @Override
    public void close() throws IOException {
      inner.close();
    }
  }
}
