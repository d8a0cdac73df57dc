package io.ppio.api.daemon;

import io.ppio.api.config.FileFault;
import io.ppio.consensus.chain.Genesis;
import io.ppio.crypto.canonical.MalformedMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Reads the document that names the network. It comes with the release or the data directory,
/// never from a peer.
final class GenesisFile {
  private static final long SIZE_MAX = 4L << 20;

  private GenesisFile() {}

  static Genesis read(Path file) throws StartFailure {
    try {
      if (!Files.exists(file)) {
        throw new StartFailure(
            "no genesis document at "
                + file
                + "; it names the network to join (ppio devnet up makes one)");
      }
      if (Files.size(file) > SIZE_MAX) {
        throw new StartFailure(file + " is too large for a genesis document");
      }
      return Genesis.fromJson(Files.readAllBytes(file));
    } catch (MalformedMessage | IllegalArgumentException e) {
      throw new StartFailure(file + ": " + e.getMessage());
    } catch (IOException e) {
      throw new StartFailure("cannot read " + file + ": " + FileFault.reason(e));
    }
  }
}
