package io.ppio.node.user.put;

import io.ppio.crypto.merkle.Tile;
import io.ppio.data.object.ObjectCipher;
import io.ppio.data.object.ObjectKey;
import io.ppio.data.object.ObjectLayout;
import io.ppio.data.segment.SegmentHasher;
import io.ppio.env.Disk;
import io.ppio.env.DiskFile;
import io.ppio.node.user.api.UserFailure;
import io.ppio.node.user.api.UserFailure.Code;
import io.ppio.node.user.put.SegmentBuffers.Buffer;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// The file that is uploaded: read and encrypted segment by segment, watched for changes. Safe for
/// concurrent use.
final class SourceFile implements AutoCloseable {
  /// Tiles that one read takes: large enough for the disk, small enough to stay in the cache.
  private static final int RUN_TILES = 8;

  private final Disk disk;
  private final Path path;
  private final PutSettings settings;
  private final ObjectLayout layout;
  private final DiskFile file;

  private SourceFile(
      Disk disk, Path path, PutSettings settings, ObjectLayout layout, DiskFile file) {
    this.disk = disk;
    this.path = path;
    this.settings = settings;
    this.layout = layout;
    this.file = file;
  }

  /// Opens the source of an upload.
  ///
  /// @throws UserFailure when it is not as it was accepted
  static SourceFile open(Disk disk, Path path, PutSettings settings, ObjectLayout layout)
      throws UserFailure {
    try {
      SourceFile source =
          new SourceFile(disk, path, settings, layout, disk.open(path, Disk.Mode.READ));
      source.checkUnchanged();
      return source;
    } catch (NoSuchFileException _) {
      throw new UserFailure(Code.FAIL, "source file is gone");
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /// Reads a segment, encrypts it and computes what names it.
  ///
  /// @param buffer room for its tiles; holds the ciphertext with its padding on return
  /// @throws UserFailure when the file cannot be read or was changed
  SegmentBody read(int segment, ObjectKey key, Buffer buffer) throws UserFailure {
    byte[] bytes = buffer.array();
    int size = layout.size(segment);
    ObjectCipher cipher = new ObjectCipher(key);
    SegmentHasher hasher = new SegmentHasher();
    try {
      for (int at = 0; at < size; at += RUN_TILES * Tile.SIZE) {
        int run = Math.min(RUN_TILES * Tile.SIZE, size - at);
        file.readFully(ByteBuffer.wrap(bytes, at, run), layout.offset(segment) + at);
        cipher.apply(segment, at, bytes, at, run);
        for (int tile = at; tile < at + run; tile += Tile.SIZE) {
          hasher.add(bytes, tile, Math.min(Tile.SIZE, size - tile));
        }
      }
      checkUnchanged();
    } catch (EOFException | NoSuchFileException _) {
      throw changed();
    } catch (IOException e) {
      throw unreadable(e);
    }
    return new SegmentBody(segment, size, hasher.chunkHash(), hasher.tree(), buffer);
  }

  private void checkUnchanged() throws IOException, UserFailure {
    if (file.size() != settings.length()
        || disk.modifiedMillis(path) != settings.modifiedMillis()) {
      throw changed();
    }
  }

  private static UserFailure changed() {
    return new UserFailure(Code.FAIL, "source file changed");
  }

  private static UserFailure unreadable(IOException e) {
    return new UserFailure(Code.FAIL, "source file cannot be read: " + e.getMessage());
  }

  @Override
  public void close() throws UserFailure {
    try {
      file.close();
    } catch (IOException e) {
      throw unreadable(e);
    }
  }
}
