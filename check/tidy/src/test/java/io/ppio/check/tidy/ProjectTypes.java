package io.ppio.check.tidy;

import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.PackageTree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The types of other packages of the project that a source names, in imports or written out in
/// full. A nested type and a member count as the top-level type that holds them.
final class ProjectTypes {
  private static final Pattern TYPE =
      Pattern.compile("(io\\.ppio(?:\\.[a-z]\\w*)*)\\.([A-Z]\\w*)(?:\\..*)?");

  /// One such type and the line that names it first.
  record Use(String packageName, String type, long line) {
    String qualified() {
      return packageName + "." + type;
    }
  }

  private ProjectTypes() {}

  /// Each type once, by line.
  static List<Use> namedIn(JavaSource source) {
    Map<String, Use> uses = new TreeMap<>();
    new TreeScanner<@Nullable Void, @Nullable Void>() {
      @Override
      public @Nullable Void visitPackage(PackageTree tree, @Nullable Void unused) {
        return null;
      }

      @Override
      public @Nullable Void visitMemberSelect(MemberSelectTree tree, @Nullable Void unused) {
        var name = TYPE.matcher(tree.toString());
        if (!name.matches()) {
          return super.visitMemberSelect(tree, null);
        }
        var use = new Use(name.group(1), name.group(2), source.startLine(tree));
        if (!use.packageName().equals(source.packageName())) {
          uses.putIfAbsent(use.qualified(), use);
        }
        return null;
      }
    }.scan(source.unit, null);
    List<Use> byLine = new ArrayList<>(uses.values());
    byLine.sort(Comparator.comparingLong(Use::line));
    return byLine;
  }
}
