package dev.cortado.image.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.boot.layout.Target;
import dev.cortado.image.Tools;
import dev.cortado.image.UserError;
import dev.cortado.image.format.OutputFormat;
import dev.cortado.image.image.ImageFile;
import dev.cortado.image.progress.ProgressEvent;
import dev.cortado.image.signature.SecureBootKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several artifacts in one build, with a shell script for the compiler. */
class TargetsTest {
    @TempDir Path directory;
    private FakeBuild fake;
    private Path base;

    @BeforeEach
    void prepare() throws IOException {
        fake =
                new FakeBuild(
                        directory,
                        """
                        cat "${1#@}" | tr ' ' '\\n' | grep -o 'cortado.target=[a-z-]*' >> "$calls"
                        echo '[]' > reports/drivers.json
                        echo '{"code":{},"heap":{}}' > reports/sizes.json
                        """);
        base = directory.resolve("out/hello");
    }

    @Test
    void eachTargetHasItsArtifact() throws IOException {
        List<BuildReport> reports =
                build(Target.QEMU, Target.BZIMAGE, Target.XEN_PVH, Target.XEN_HVM, Target.BARE);
        List<String> names =
                List.of(
                        "hello.elf",
                        "hello.bzimage",
                        "hello-xen-pvh.elf",
                        "hello-xen-hvm.img",
                        "hello-bare.img");
        assertEquals(
                names,
                reports.stream()
                        .map(report -> report.artifact().image().getFileName().toString())
                        .toList());
        List<String> files = fake.outputs();
        assertEquals(22, files.size(), files.toString());
        for (String image : names) {
            for (String suffix : List.of("", ".debug", ".sizes.json", ".build")) {
                assertTrue(files.contains(image + suffix), files.toString());
            }
        }
        assertTrue(files.contains("hello-xen-pvh.cfg") && files.contains("hello-xen-hvm.cfg"));
        assertManifest("hello.elf", "qemu", "pvh", "multiboot2");
        assertManifest("hello-xen-pvh.elf", "xen-pvh", "pvh");
        assertManifest("hello-xen-hvm.img", "xen-hvm", "bios", "uefi");
        assertManifest("hello.bzimage", "bzimage", "linux", "uefi");
        assertManifest("hello-bare.img", "bare", "bios", "uefi");
    }

    private void assertManifest(String file, String target, String... protocols) {
        ImageFile image = ImageFile.read(base.resolveSibling(file));
        assertEquals(List.of(target), image.manifest().targets());
        assertEquals(List.of(protocols), image.manifest().bootProtocols());
        assertEquals(List.of(protocols), image.bootProtocols());
    }

    @Test
    void targetsWithTheSameKernelAreCompiledOnce() throws IOException {
        build(Target.XEN_HVM, Target.QEMU, Target.XEN_PVH);
        assertEquals(List.of("cortado.target=xen-pvh", "cortado.target=qemu"), fake.calls());
        assertEquals(
                List.of(
                        "Checking",
                        "Compiling for xen-hvm, xen-pvh",
                        "Linking for xen-hvm",
                        "Linking for xen-pvh",
                        "Compiling for qemu",
                        "Linking for qemu"),
                fake.phases());
    }

    @Test
    void onlyWhatHasChangedIsMadeAgain() throws IOException {
        build(Target.QEMU, Target.XEN_PVH);
        assertTrue(build(Target.QEMU, Target.XEN_PVH).stream().allMatch(BuildReport::upToDate));
        assertTrue(build(Target.XEN_PVH).getFirst().upToDate());
        assertEquals(2, fake.calls().size());
        Files.delete(base.resolveSibling("hello-xen-pvh.elf"));
        List<BuildReport> reports = build(Target.QEMU, Target.XEN_PVH);
        assertEquals(List.of(true, false), reports.stream().map(BuildReport::upToDate).toList());
        assertFalse(build(Target.XEN_HVM).getFirst().upToDate());
        assertEquals(4, fake.calls().size());
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
        fake.events.clear();
        build(Target.XEN_PVH);
        assertEquals(edited, Files.readString(file));
        List<String> warnings =
                fake.events.stream()
                        .filter(ProgressEvent.Warning.class::isInstance)
                        .map(event -> ((ProgressEvent.Warning) event).text())
                        .toList();
        assertEquals(1, warnings.size());
        assertTrue(warnings.getFirst().contains("delete it to get a new one"));
    }

    @Test
    void unknownTargetsAreRefused() {
        assertEquals(
                new TargetChoice(Target.XEN_PV, Optional.empty()), TargetChoice.parse(" Xen-PV "));
        UserError error = assertThrows(UserError.class, () -> TargetChoice.parse("kvm"));
        assertEquals(
                "there is no target \"kvm\": there are qemu, xen-pvh, xen-pv, xen-hvm, bzimage,"
                        + " bare, vmware, hyperv, xenserver, oracle-vm, firecracker, kubevirt,"
                        + " libvirt",
                error.getMessage());
    }

    /** Each is a target and a format that fits it, and targets are taken once. */
    @Test
    void productsAreTargetsWithAFormat() {
        for (Product product : Product.values()) {
            assertTrue(product.format().fits(product.target()), product.word());
        }
        List<TargetChoice> choices =
                Stream.of("xen-hvm", "XenServer", "oracle-vm", "kubevirt", "firecracker")
                        .map(TargetChoice::parse)
                        .toList();
        assertEquals(
                List.of(Target.XEN_HVM, Target.BARE, Target.QEMU), TargetChoice.targets(choices));
        List<OutputFormat> formats =
                choices.stream().flatMap(each -> each.format().stream()).toList();
        assertEquals(
                List.of(
                        OutputFormat.XVA,
                        OutputFormat.ORACLE_VM,
                        OutputFormat.CONTAINER_DISK,
                        OutputFormat.FIRECRACKER),
                formats);
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

    @Test
    void aKeySignsDisksAndChangesNothingElse(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("key.pem");
        Path certificate = directory.resolve("certificate.pem");
        Tools.run(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-subj",
                "/CN=test/",
                "-keyout",
                file,
                "-out",
                certificate);
        SecureBootKey key = SecureBootKey.read(file, certificate);
        build(Target.QEMU, Target.BARE);
        byte[] plain = Files.readAllBytes(base.resolveSibling("hello-bare.img"));
        assertEquals(List.of(true, false), upToDate(key, Target.QEMU, Target.BARE));
        byte[] signed = Files.readAllBytes(base.resolveSibling("hello-bare.img"));
        assertFalse(Arrays.equals(plain, signed));
        assertEquals(List.of(true, true), upToDate(key, Target.QEMU, Target.BARE));
        assertFalse(build(Target.BARE).getFirst().upToDate());
        UserError error = assertThrows(UserError.class, () -> upToDate(key, Target.QEMU));
        assertTrue(error.getMessage().contains("add the target bare"), error.getMessage());
    }

    private List<Boolean> upToDate(SecureBootKey key, Target... targets) {
        return fake
                .build(request(targets).secureBootKey(key), fake.resources().withCacheBytes(0))
                .stream()
                .map(BuildReport::upToDate)
                .toList();
    }

    private List<BuildReport> build(Target... targets) {
        return fake.build(request(targets), fake.resources().withCacheBytes(0));
    }

    private BuildRequest.Builder request(Target... targets) {
        return fake.request(base).artifacts(Artifact.named(base, List.of(targets)));
    }
}
