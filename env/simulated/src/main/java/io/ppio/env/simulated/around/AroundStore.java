package io.ppio.env.simulated.around;

import io.ppio.env.Bytes;
import io.ppio.env.Store;
import io.ppio.env.StoreBatch;
import java.io.IOException;
import java.util.Optional;

/// A store around another one, whose commits may be seen or changed.
public abstract class AroundStore implements Store {
  protected final Store inner;

  protected AroundStore(Store inner) {
    this.inner = inner;
  }

  @Override
  public Optional<Bytes> get(Bytes key) throws IOException {
    return inner.get(key);
  }

  @Override
  public boolean commit(StoreBatch batch, Durability durability) throws IOException {
    return inner.commit(batch, durability);
  }

  @Override
  public void scan(Bytes from, Bytes to, Visitor visitor) throws IOException {
    inner.scan(from, to, visitor);
  }

  @Override
  public void close() throws IOException {
    inner.close();
  }
}
