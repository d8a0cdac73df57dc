package io.ppio.check.tidy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The rules, each over the whole tree.
class TreeTest {
  /// Files that may have up to 800 lines, and why no class is missing in them.
  private static final Map<String, String> LONG_FILES = new TreeMap<>();

  private static SourceTree tree = new SourceTree(Map.of());
  private static List<JavaSource> sources = List.of();

  @BeforeAll
  static void readTheTree() throws IOException {
    tree = SourceTree.read(SourceTree.root());
    sources = tree.javaSources();
  }

  @Test
  void layersLookDownwardsOnly() {
    eachSourceKeeps(new LayerImports());
    theTreeKeeps(new PomLayers());
  }

  @Test
  void onlyTheEnvironmentTouchesTheWorld() {
    eachSourceKeeps(new BannedCalls());
  }

  @Test
  void nothingWalksThroughASetOfSaltedOrder() {
    eachSourceKeeps(new SaltedOrder());
  }

  @Test
  void filesMethodsLinesAndParameterListsAreShort() {
    eachSourceKeeps(new Sizes(LONG_FILES));
    LONG_FILES.keySet().stream()
        .filter(path -> tree.text(path).lines().count() <= Sizes.FILE_MAX)
        .forEach(path -> fail(path + " needs no place in the list of long files"));
  }

  @Test
  void namesSayWhatThingsAre() throws IOException {
    onlyDebtIsLeft("names", eachSource(new Names()));
  }

  @Test
  void classesEndInARoleWordOrANoun() throws IOException {
    onlyDebtIsLeft("class-names", ClassNames.check(tree, sources));
  }

  @Test
  void everyPackageIsDescribedAndNullMarked() {
    theTreeKeeps(new PackageMarks());
  }

  @Test
  void testsAreRunAndCanFail() {
    eachSourceKeeps(new TestHabits());
  }

  @Test
  void linksOfThePagesLeadSomewhere() {
    theTreeKeeps(new DocLinks());
  }

  @Test
  void theMapFromTheSpecificationNamesClassesAndTests() {
    theTreeKeeps(new SpecMap());
  }

  @Test
  void thePageOfSettingsIsTheListOfSettings() {
    theTreeKeeps(new ConfigPage());
  }

  @Test
  void thePageOfCountersIsWhatTheRolesCount() {
    theTreeKeeps(new CounterPage());
  }

  @Test
  void noTextBelongsToOneMachineOrIsUnfinished() {
    theTreeKeeps(new ForbiddenWords());
  }

  @Test
  void programsAndTestsRunWithTheSameLibraryOptions() {
    var inPom = Pattern.compile("<ppio.jvm>(.*)</ppio.jvm>").matcher(tree.text("pom.xml"));
    List<String> ofTests = inPom.find() ? List.of(inPom.group(1).split(" ")) : List.of();
    List<String> ofPrograms =
        tree.text("launcher/jvm.options").lines().filter(line -> line.startsWith("--")).toList();
    assertEquals(ofPrograms, ofTests);
  }

  @Test
  void noPackagesNeedEachOther() throws IOException {
    onlyDebtIsLeft("package-cycles", PackageCycles.check(sources));
  }

  @Test
  void noRoleNamesAnotherRole() {
    eachSourceKeeps(new RoleNames());
  }

  @Test
  void noClassKnowsEveryOther() throws IOException {
    onlyDebtIsLeft("import-count", eachSource(new ImportCount()));
  }

  @Test
  void nothingIsThereForTestsOrNobody() throws IOException {
    onlyDebtIsLeft(
        "unused-members", UnusedMembers.check(CompiledTree.read(SourceTree.root(), tree, sources)));
  }

  @Test
  void whatAStepDecidesIsDone() throws IOException {
    onlyDebtIsLeft("step-effects", StepEffects.check(sources));
  }

  @Test
  void whatTestsOfTwoModulesNeedIsPublishedOnce() throws IOException {
    onlyDebtIsLeft("test-repeats", TestRepeats.check(sources));
  }

  @Test
  void thePageOnAPutNamesWhatExists() throws IOException {
    onlyDebtIsLeft("follow-a-put", FollowAPut.check(tree, sources));
  }

  @Test
  void subjectsOfCommitsSayWhereAndWhat() throws IOException, InterruptedException {
    var commits = CommitSubjects.read(SourceTree.root());
    assumeTrue(
        commits.isPresent(),
        "no history back to " + CommitSubjects.AFTER + " here: a copy or a shallow clone");
    expectNone(CommitSubjects.check(commits.orElseThrow()));
  }

  private static void onlyDebtIsLeft(String list, List<Finding> findings) throws IOException {
    Debt.leave(list, findings);
    expectNone(Debt.of(list).check(findings));
  }

  private static List<Finding> eachSource(SourceRule rule) {
    return sources.stream().flatMap(source -> rule.check(source).stream()).toList();
  }

  private static void eachSourceKeeps(SourceRule rule) {
    expectNone(eachSource(rule));
  }

  private static void theTreeKeeps(TreeRule rule) {
    expectNone(rule.check(tree));
  }

  private static void expectNone(List<Finding> findings) {
    if (!findings.isEmpty()) {
      fail(
          findings.size()
              + " findings:\n"
              + String.join("\n", findings.stream().map(Finding::toString).toList()));
    }
  }
}
