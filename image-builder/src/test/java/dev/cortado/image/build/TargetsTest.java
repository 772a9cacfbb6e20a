package dev.cortado.image.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.boot.layout.Target;
import dev.cortado.image.UserError;
import dev.cortado.image.compile.FakeJdk;
import dev.cortado.image.elf.TestObjectFile;
import dev.cortado.image.image.ImageFile;
import dev.cortado.image.preflight.Compiled;
import dev.cortado.image.progress.ProgressEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several artifacts in one build, with a shell script for the compiler. */
class TargetsTest {
    @TempDir Path directory;
    private final List<ProgressEvent> events = new ArrayList<>();
    private Toolchain toolchain;
    private BuildResources resources;
    private BuildRequest.Builder request;
    private Path base;

    @BeforeEach
    void prepare() throws IOException {
        Path classes =
                Compiled.classes(
                        directory.resolve("classes"),
                        "package p; public class Main { public static void main(String[] a) {} }");
        Path object = TestObjectFile.write(directory.resolve("prepared.o"));
        Path jdk =
                FakeJdk.create(
                        directory.resolve("jdk"),
                        """
                        cat "${1#@}" | tr ' ' '\\n' | grep -o 'cortado.target=[a-z-]*' >> '%s'
                        mkdir temporary/SVM-1
                        cp '%s' temporary/SVM-1/app.o
                        echo '[]' > reports/drivers.json
                        echo '{"code":{},"heap":{}}' > reports/sizes.json
                        """
                                .formatted(directory.resolve("compiled"), object));
        Path lib = directory.resolve("lib");
        FakeJdk.module(lib.resolve("compiler/a.jar"), "jdk.graal.compiler");
        FakeJdk.module(lib.resolve("overlay/o.jar"), "o");
        FakeJdk.module(lib.resolve("guest/g.jar"), "g");
        toolchain = Toolchain.in(lib);
        resources = BuildResources.in(directory.resolve("cache")).withCacheBytes(0);
        base = directory.resolve("out/hello");
        request = BuildRequest.of(List.of(classes), "p.Main", base).jdk(jdk);
    }

    @Test
    void eachTargetHasItsArtifact() throws IOException {
        List<BuildReport> reports = build(Target.QEMU, Target.XEN_PVH, Target.XEN_HVM);
        assertEquals(
                List.of("hello.elf", "hello-xen-pvh.elf", "hello-xen-hvm.img"),
                reports.stream()
                        .map(report -> report.artifact().image().getFileName().toString())
                        .toList());
        List<String> files = files();
        assertEquals(14, files.size(), files.toString());
        for (String image : List.of("hello.elf", "hello-xen-pvh.elf", "hello-xen-hvm.img")) {
            for (String suffix : List.of("", ".debug", ".sizes.json", ".build")) {
                assertTrue(files.contains(image + suffix), files.toString());
            }
        }
        assertTrue(files.contains("hello-xen-pvh.cfg") && files.contains("hello-xen-hvm.cfg"));
        assertManifest("hello.elf", "qemu", "pvh");
        assertManifest("hello-xen-pvh.elf", "xen-pvh", "pvh");
        assertManifest("hello-xen-hvm.img", "xen-hvm", "bios");
    }

    private void assertManifest(String file, String target, String protocol) {
        ImageFile image = ImageFile.read(base.resolveSibling(file));
        assertEquals(List.of(target), image.manifest().targets());
        assertEquals(List.of(protocol), image.manifest().bootProtocols());
        assertEquals(List.of(protocol), image.bootProtocols());
    }

    @Test
    void targetsWithTheSameKernelAreCompiledOnce() throws IOException {
        build(Target.XEN_HVM, Target.QEMU, Target.XEN_PVH);
        assertEquals(List.of("cortado.target=xen-pvh", "cortado.target=qemu"), compiled());
        assertEquals(
                List.of(
                        "Checking",
                        "Compiling for xen-hvm, xen-pvh",
                        "Linking for xen-hvm",
                        "Linking for xen-pvh",
                        "Compiling for qemu",
                        "Linking for qemu"),
                events.stream()
                        .filter(ProgressEvent.Started.class::isInstance)
                        .map(event -> ((ProgressEvent.Started) event).phase())
                        .toList());
    }

    @Test
    void onlyWhatHasChangedIsMadeAgain() throws IOException {
        build(Target.QEMU, Target.XEN_PVH);
        assertTrue(build(Target.QEMU, Target.XEN_PVH).stream().allMatch(BuildReport::upToDate));
        assertTrue(build(Target.XEN_PVH).getFirst().upToDate());
        assertEquals(2, compiled().size());
        Files.delete(base.resolveSibling("hello-xen-pvh.elf"));
        List<BuildReport> reports = build(Target.QEMU, Target.XEN_PVH);
        assertEquals(List.of(true, false), reports.stream().map(BuildReport::upToDate).toList());
        assertFalse(build(Target.XEN_HVM).getFirst().upToDate());
        assertEquals(4, compiled().size());
    }

    @Test
    void aConfigurationComesBackWithoutACompile() throws IOException {
        build(Target.XEN_PVH);
        Path file = base.resolveSibling("hello-xen-pvh.cfg");
        String text = Files.readString(file);
        Files.delete(file);
        assertTrue(build(Target.XEN_PVH).getFirst().upToDate());
        assertEquals(text, Files.readString(file));
    }

    @Test
    void anEditedConfigurationStaysAsItIs() throws IOException {
        build(Target.XEN_PVH);
        Path file = base.resolveSibling("hello-xen-pvh.cfg");
        String edited = Files.readString(file).replace("vcpus = 1", "vcpus = 2");
        Files.writeString(file, edited);
        events.clear();
        build(Target.XEN_PVH);
        assertEquals(edited, Files.readString(file));
        List<String> warnings =
                events.stream()
                        .filter(ProgressEvent.Warning.class::isInstance)
                        .map(event -> ((ProgressEvent.Warning) event).text())
                        .toList();
        assertEquals(1, warnings.size());
        assertTrue(warnings.getFirst().contains("delete it to get a new one"));
    }

    @Test
    void unknownTargetsAreRefused() {
        assertEquals(Target.XEN_PV, TargetNames.parse(" Xen-PV "));
        UserError error = assertThrows(UserError.class, () -> TargetNames.parse("kvm"));
        assertEquals(
                "there is no target \"kvm\": there are qemu, xen-pvh, xen-pv, xen-hvm",
                error.getMessage());
    }

    @Test
    void namesComeFromTheBase() {
        for (String name : List.of("x", "x.elf", "x.img")) {
            assertEquals(
                    Path.of("d/x-xen-pv.elf"),
                    Artifact.named(Path.of("d", name), Target.XEN_PV).image());
        }
        assertEquals(Path.of("x.y.elf"), Artifact.named(Path.of("x.y"), Target.QEMU).image());
        assertEquals(1, Artifact.named(Path.of("x"), List.of(Target.QEMU, Target.QEMU)).size());
    }

    private List<BuildReport> build(Target... targets) {
        return new ImageBuild(toolchain, resources, events::add)
                .build(request.artifacts(Artifact.named(base, List.of(targets))).build());
    }

    private List<String> compiled() throws IOException {
        return Files.readAllLines(directory.resolve("compiled"));
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("out"))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
