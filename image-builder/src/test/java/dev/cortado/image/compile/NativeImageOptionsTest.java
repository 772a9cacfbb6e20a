package dev.cortado.image.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NativeImageOptionsTest {
    private static final OptionTable TABLE = CompilerJars.table();

    private final List<String> problems = new ArrayList<>();

    @Test
    void translatesClassInitialization() {
        assertBuilder(
                "-H:ClassInitialization=a.b:build_time,c.D:build_time",
                "--initialize-at-build-time=a.b,c.D");
        assertBuilder("-H:ClassInitialization=:build_time", "--initialize-at-build-time");
        assertBuilder("-H:ClassInitialization=x:run_time", "--initialize-at-run-time=x");
        assertBuilder(
                "-H:ClassInitialization=x:run_time", "--rerun-class-initialization-at-runtime=x");
    }

    @Test
    void translatesOptionsWithValues() {
        assertBuilder("-H:Features=a.F,b.G", "--features=a.F,b.G");
        assertBuilder("-H:EnableURLProtocols=http,https", "--enable-url-protocols=http,https");
        assertBuilder("-H:EnableURLProtocols=https", "--enable-https");
        assertBuilder("-H:LinkAtBuildTime=", "--link-at-build-time");
        assertBuilder(
                "-H:AddOpens=java.base/java.nio=ALL-UNNAMED",
                "--add-opens",
                "java.base/java.nio=ALL-UNNAMED");
        assertBuilder(
                "-H:AddExports=java.base/java.nio=ALL-UNNAMED",
                "--add-exports=java.base/java.nio=ALL-UNNAMED");
        assertBuilder("-H:Optimize=3", "-O3");
        assertBuilder("-H:RuntimeAssertions=+", "-ea");
        assertBuilder("-H:RuntimeAssertions=-a.b", "-da:a.b");
        assertEquals(List.of(), problems);
    }

    @Test
    void passesTheBuildersOwnOptionsOn() {
        assertBuilder("-H:+PrintHeapHistogram", "-H:+PrintHeapHistogram");
        assertBuilder("-R:MaxHeapSize=10m", "-R:MaxHeapSize=10m");
    }

    @Test
    void givesTheJvmWhatIsTheJvms() {
        BuilderArguments arguments = translate("-Da=b", "-J-Xmx1g");
        assertEquals(List.of("-Da=b", "-Xmx1g"), arguments.jvm());
        assertEquals(List.of(), arguments.builder());
    }

    @Test
    void leavesOutWhatHasNoEffect() {
        assertEquals(List.of(), translate("--no-fallback", "--gc=serial").builder());
        assertEquals(List.of(), problems);
    }

    @Test
    void translatesWhatOnlyTheCompilersTableKnows() {
        assertBuilder("-H:MicroArchitecture=x86-64-v2", "-march=x86-64-v2");
        assertBuilder("-H:FutureDefaults=all", "--future-defaults=all");
        assertBuilder("-H:+RuntimeSystemAssertions", "-esa");
        assertBuilder("-H:-RuntimeSystemAssertions", "-disablesystemassertions");
        assertBuilder("-H:EnableNativeAccess=ALL-UNNAMED", "--enable-native-access=ALL-UNNAMED");
        assertEquals(List.of(), problems);
    }

    @Test
    void givesTheJvmWhatChangesTheLanguageAndTheModules() {
        BuilderArguments arguments =
                translate(
                        "--enable-preview",
                        "--add-modules=jdk.incubator.vector",
                        "--add-modules",
                        "jdk.jlink");
        assertEquals(
                List.of(
                        "--enable-preview",
                        "--add-modules=jdk.incubator.vector",
                        "--add-modules=jdk.jlink"),
                arguments.jvm());
        assertEquals(List.of(), arguments.builder());
    }

    @Test
    void pathsAreRelativeToTheUsersDirectory() {
        assertBuilder(
                "-H:ReflectionConfigurationFiles=/home/user/a.json,/b.json",
                "-H:ReflectionConfigurationFiles=a.json,/b.json");
        assertBuilder(
                "-H:ConfigurationFileDirectories@mine=/home/config",
                "-H:ConfigurationFileDirectories@mine=../config");
        assertBuilder("-H:Name=a/b", "-H:Name=a/b");
        assertBuilder(
                "-H:ThrowMissingRegistrationErrorsPaths=/home/user/x.jar",
                "--exact-reachability-metadata-path=x.jar");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--shared",
                "-H:+SharedLibrary",
                "--static",
                "--static-nolibc",
                "-H:+StaticExecutable",
                "--libc=musl",
                "--pgo",
                "--pgo=default.iprof",
                "--pgo-instrument",
                "--gc=G1",
                "--gc=epsilon",
                "-agentlib:jdwp=transport=dt_socket",
                "-javaagent:a.jar",
                "-Xmx1g",
                "-XX:+UseZGC",
                "-march=list",
                "--module-path=mods",
                "-cp",
                "--target=linux-aarch64",
                "--list-modules",
                "--bundle-create",
                "--macro:truffle",
                "-Ehome=/"
            })
    void refusesWhatCannotWorkAndSaysWhatToDo(String option) {
        assertEquals(List.of(), translate(option).builder());
        assertEquals(1, problems.size());
        String problem = problems.getFirst();
        assertTrue(problem.startsWith(option + ": "), problem);
        assertFalse(problem.contains("no such option"), problem);
    }

    @Test
    void tellsOfOptionsThatTheCompilerHasNot() {
        translate("-D", "--features=a.F", "nonsense", "--featuresX=a", "-x");
        assertEquals(4, problems.size());
        problems.forEach(problem -> assertTrue(problem.contains("no such option"), problem));
    }

    @Test
    void tellsOfValuesThatAreMissingOrTooMany() {
        translate("--features", "-esa=true", "--add-modules");
        assertEquals("--features: it needs a value", problems.get(0));
        assertTrue(problems.get(2).startsWith("--add-modules: it names no module"));
        assertEquals(3, problems.size());
    }

    private void assertBuilder(String expected, String... options) {
        assertEquals(List.of(expected), translate(options).builder());
    }

    private BuilderArguments translate(String... options) {
        try {
            return NativeImageOptions.translate(
                    List.of(options),
                    TABLE,
                    Path.of("/home/user"),
                    (option, reason) -> problems.add(option + ": " + reason));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
