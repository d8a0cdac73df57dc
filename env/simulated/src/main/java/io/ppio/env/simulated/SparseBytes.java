package io.ppio.env.simulated;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The content of a file: pages where something was written, zeros elsewhere.
///
/// Two contents of one file (what is read now, what a crash would leave) share pages until one of
/// them is written.
final class SparseBytes {
  static final int PAGE_BYTES = 16 << 10;

  private static final class Page {
    private final byte[] bytes;
    private boolean shared;

    Page(byte[] bytes) {
      this.bytes = bytes;
    }
  }

  private final Map<Long, Page> pages = new HashMap<>();
  private long size;

  long size() {
    return size;
  }

  /// Bytes of memory, and so of the disk, that the content takes.
  long occupied() {
    return (long) pages.size() * PAGE_BYTES;
  }

  /// Whether each page that `length` bytes from `position` touch was written before.
  boolean has(long position, int length) {
    for (long index = position / PAGE_BYTES; index * PAGE_BYTES < position + length; index++) {
      if (!pages.containsKey(index)) {
        return false;
      }
    }
    return true;
  }

  /// Copies bytes from `position` to `target`; the range must lie within the size.
  void read(long position, byte[] target) {
    for (int done = 0; done < target.length; ) {
      long at = position + done;
      int offset = (int) (at % PAGE_BYTES);
      int count = Math.min(PAGE_BYTES - offset, target.length - done);
      Page page = pages.get(at / PAGE_BYTES);
      if (page != null) {
        System.arraycopy(page.bytes, offset, target, done, count);
      }
      done += count;
    }
  }

  /// Puts the first `length` bytes of `source` at `position`.
  void write(long position, byte[] source, int length) {
    for (int done = 0; done < length; ) {
      long at = position + done;
      int offset = (int) (at % PAGE_BYTES);
      int count = Math.min(PAGE_BYTES - offset, length - done);
      System.arraycopy(source, done, own(at / PAGE_BYTES).bytes, offset, count);
      done += count;
    }
    size = Math.max(size, position + length);
  }

  /// Cuts, or extends with zeros.
  void resize(long newSize) {
    if (newSize < size) {
      long last = newSize / PAGE_BYTES;
      int kept = (int) (newSize % PAGE_BYTES);
      pages.keySet().removeIf(index -> index > last || (index == last && kept == 0));
      if (pages.containsKey(last)) {
        Arrays.fill(own(last).bytes, kept, PAGE_BYTES, (byte) 0);
      }
    }
    size = newSize;
  }

  /// Takes over the pages of `other` that `length` bytes from `position` touch.
  void share(SparseBytes other, long position, int length) {
    for (long index = position / PAGE_BYTES; index * PAGE_BYTES < position + length; index++) {
      Page page = other.pages.get(index);
      if (page == null) {
        pages.remove(index);
      } else {
        page.shared = true;
        pages.put(index, page);
      }
    }
    size = Math.max(size, Math.min(other.size, position + length));
  }

  /// A second content equal to this one.
  SparseBytes copy() {
    SparseBytes copy = new SparseBytes();
    pages.values().forEach(page -> page.shared = true);
    copy.pages.putAll(pages);
    copy.size = size;
    return copy;
  }

  private Page own(long index) {
    @Nullable Page page = pages.get(index);
    if (page != null && !page.shared) {
      return page;
    }
    Page fresh = new Page(page == null ? new byte[PAGE_BYTES] : page.bytes.clone());
    pages.put(index, fresh);
    return fresh;
  }
}
