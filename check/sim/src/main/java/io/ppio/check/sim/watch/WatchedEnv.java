package io.ppio.check.sim.watch;

import io.ppio.env.Bytes;
import io.ppio.env.Disk;
import io.ppio.env.Env;
import io.ppio.env.Link;
import io.ppio.env.LinkIdentity;
import io.ppio.env.Links;
import io.ppio.env.Store;
import io.ppio.env.Store.Durability;
import io.ppio.env.StoreBatch;
import io.ppio.env.simulated.around.AroundDisk;
import io.ppio.env.simulated.around.AroundEnv;
import io.ppio.env.simulated.around.AroundStore;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;

/// An environment that tells a [Watcher] what becomes durable in stores and what leaves over links.
public final class WatchedEnv extends AroundEnv {
  /// No key of ours begins with it.
  private static final Bytes AFTER_ALL = Bytes.of((byte) 0xff);

  private final Watcher watcher;
  private final Disk disk;
  private final Links links;

  public WatchedEnv(Env inner, Watcher watcher) {
    super(inner);
    this.watcher = watcher;
    this.disk = new WatchedDisk(inner.disk());
    this.links = new WatchedLinks(inner.links());
  }

  @Override
  public Disk disk() {
    return disk;
  }

  @Override
  public Links links() {
    return links;
  }

  private final class WatchedDisk extends AroundDisk {
    WatchedDisk(Disk inner) {
      super(inner);
    }

    @Override
    protected Store around(Store store) throws IOException {
      store.scan(
          Bytes.EMPTY,
          AFTER_ALL,
          (key, value) -> {
            watcher.has(key, value, Durability.SYNCED);
            return true;
          });
      return new WatchedStore(store);
    }
  }

  private final class WatchedStore extends AroundStore {
    WatchedStore(Store inner) {
      super(inner);
    }

    @Override
    public boolean commit(StoreBatch batch, Durability durability) throws IOException {
      boolean applied = inner.commit(batch, durability);
      if (applied) {
        for (StoreBatch.Change change : batch.changes()) {
          if (change instanceof StoreBatch.Change.Put(Bytes key, Bytes value)) {
            watcher.has(key, value, durability);
          }
        }
      }
      return applied;
    }
  }

  private final class WatchedLinks implements Links {
    private final Links inner;

    WatchedLinks(Links inner) {
      this.inner = inner;
    }

    @Override
    public Listener listen(InetSocketAddress bind, LinkIdentity self) throws IOException {
      Listener listener = inner.listen(bind, self);
      return new Listener() {
        @Override
        public InetSocketAddress address() {
          return listener.address();
        }

        @Override
        public Link accept() throws IOException, InterruptedException {
          return new WatchedLink(listener.accept());
        }

        @Override
        public void close() {
          listener.close();
        }
      };
    }

    @Override
    public Link dial(InetSocketAddress to, LinkIdentity self, Duration timeout)
        throws IOException, InterruptedException {
      return new WatchedLink(inner.dial(to, self, timeout));
    }
  }

  private final class WatchedLink implements Link {
    private final Link inner;

    WatchedLink(Link inner) {
      this.inner = inner;
    }

    @Override
    public Bytes peerKey() {
      return inner.peerKey();
    }

    @Override
    public InetSocketAddress remote() {
      return inner.remote();
    }

    @Override
    public boolean dialled() {
      return inner.dialled();
    }

    @Override
    public int read(ByteBuffer target) throws IOException, InterruptedException {
      return inner.read(target);
    }

    @Override
    public void write(ByteBuffer... parts) throws IOException, InterruptedException {
      for (ByteBuffer part : parts) {
        watcher.sending(part.asReadOnlyBuffer());
      }
      inner.write(parts);
    }

    @Override
    public void close() {
      inner.close();
    }
  }
}
