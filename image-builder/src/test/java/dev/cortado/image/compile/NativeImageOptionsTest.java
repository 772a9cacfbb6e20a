package dev.cortado.image.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NativeImageOptionsTest {
    private final List<String> unknown = new ArrayList<>();

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
        assertEquals(List.of(), unknown);
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
        assertEquals(List.of(), unknown);
    }

    @Test
    void tellsOfOptionsItDoesNotKnow() {
        translate("--static", "--gc=G1", "-D", "--features=a.F", "-O9", "nonsense");
        assertEquals(List.of("--static", "--gc=G1", "-D", "-O9", "nonsense"), unknown);
    }

    private void assertBuilder(String expected, String... options) {
        assertEquals(List.of(expected), translate(options).builder());
    }

    private BuilderArguments translate(String... options) {
        return NativeImageOptions.translate(List.of(options), unknown::add);
    }
}
