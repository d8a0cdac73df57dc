package io.ppio.env.real;

import io.ppio.env.Check;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.CompressionType;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;
import org.rocksdb.WALRecoveryMode;

/// The native part of RocksDB: how it is loaded and tuned, and what its errors mean.
///
/// The tuning is for many small stores in one process: what a store holds in memory is bounded by
/// two write buffers; blocks, indexes and filters of all stores share one cache.
final class RocksLibrary {
  private static final long WRITE_BUFFER_BYTES = 8L << 20;
  private static final int WRITE_BUFFERS = 2;
  private static final long CACHE_BYTES = 32L << 20;
  private static final long LOG_BYTES_MAX = 64L << 20;
  private static final int OPEN_FILES_MAX = 256;
  private static final int BLOOM_BITS_PER_KEY = 10;

  /// What the process shares; initialised, and the library loaded, on first use.
  private static final class Shared {
    static final Cache BLOCKS;

    static {
      Optional<Path> folder =
          NativeLibraries.prepare()
              .filter(found -> Files.exists(found.resolve(NativeLibraries.rocksDbInFolder())));
      if (folder.isPresent()) {
        RocksDB.loadLibrary(List.of(folder.get().toString()));
      } else {
        RocksDB.loadLibrary();
      }
      BLOCKS = new LRUCache(CACHE_BYTES);
    }
  }

  private RocksLibrary() {}

  /// Loads the library.
  ///
  /// @throws IOException when there is none for this machine
  static void load() throws IOException {
    try {
      Check.that(Shared.BLOCKS.isOwningHandle(), "the block cache is closed");
    } catch (LinkageError e) {
      throw new IOException("the native library of RocksDB cannot be loaded", e);
    }
  }

  /// Settings of one store, to be closed after it.
  static Options options() {
    BlockBasedTableConfig tables =
        new BlockBasedTableConfig()
            .setBlockCache(Shared.BLOCKS)
            .setCacheIndexAndFilterBlocks(true)
            .setFilterPolicy(new BloomFilter(BLOOM_BITS_PER_KEY));
    return new Options()
        .setCreateIfMissing(true)
        .setParanoidChecks(true)
        .setWriteBufferSize(WRITE_BUFFER_BYTES)
        .setMaxWriteBufferNumber(WRITE_BUFFERS)
        .setMaxTotalWalSize(LOG_BYTES_MAX)
        // What comes after a torn record was never promised to be there.
        .setWalRecoveryMode(WALRecoveryMode.PointInTimeRecovery)
        .setMaxOpenFiles(OPEN_FILES_MAX)
        .setMaxBackgroundJobs(2)
        .setCompressionType(CompressionType.LZ4_COMPRESSION)
        .setKeepLogFileNum(2)
        .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
        .setTableFormatConfig(tables);
  }

  /// What went wrong in the store of `folder`, in words for an operator.
  static IOException plain(Path folder, RocksDBException e) {
    String detail = String.valueOf(e.getMessage());
    @Nullable Status status = e.getStatus();
    Status.Code code = status == null ? Status.Code.Undefined : status.getCode();
    String what =
        switch (code) {
          case Corruption -> "is damaged";
          case IOError ->
              detail.toLowerCase(Locale.ROOT).contains("lock") ? "is in use" : "cannot be accessed";
          case Busy -> "is in use";
          default -> "failed";
        };
    return new IOException("store " + folder + " " + what + ": " + detail, e);
  }
}
