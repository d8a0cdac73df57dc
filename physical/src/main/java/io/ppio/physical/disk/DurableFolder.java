package io.ppio.physical.disk;

import io.ppio.env.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes folders that are still there after a crash.
public final class DurableFolder {
  private DurableFolder() {}

  /// Makes `folder` and its missing parents, and forces the folders that hold their names.
  public static void create(Disk disk, Path folder) throws IOException {
    List<Path> holders = new ArrayList<>();
    boolean missing = true;
    for (@Nullable Path at = folder; missing && at != null; at = at.getParent()) {
      missing = !disk.exists(at);
      Path holder = at.getParent();
      // The name of one that exists may still be unforced: a crash may have come in between.
      if (holder != null && (missing || at.equals(folder))) {
        holders.add(holder);
      }
    }
    disk.createFolders(folder);
    for (Path holder : holders) {
      disk.forceFolder(holder);
    }
  }
}
