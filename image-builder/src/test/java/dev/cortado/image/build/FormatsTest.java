package dev.cortado.image.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.boot.layout.Target;
import dev.cortado.image.UserError;
import dev.cortado.image.format.OpenedImage;
import dev.cortado.image.format.OutputFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Builds that make files for others of their images. */
class FormatsTest {
    @TempDir Path directory;
    private FakeBuild fake;
    private Path base;

    @BeforeEach
    void prepare() throws IOException {
        fake = new FakeBuild(directory, "echo '[]' > reports/drivers.json");
        base = directory.resolve("out/hello");
    }

    private List<BuildReport> build(List<Target> targets, OutputFormat... formats) {
        return fake.build(
                fake.request(base)
                        .artifacts(Artifact.named(base, targets))
                        .formats(WantedFormat.of(List.of(formats))),
                fake.resources().withCacheBytes(0));
    }

    @Test
    void eachFormatIsMadeOfTheTargetsThatItFits() throws IOException {
        List<BuildReport> reports =
                build(
                        List.of(Target.QEMU, Target.XEN_HVM),
                        OutputFormat.QCOW2,
                        OutputFormat.FIRECRACKER,
                        OutputFormat.VMX);
        assertEquals(List.of("hello.firecracker.json"), names(reports.getFirst()), "of the kernel");
        assertEquals(List.of("hello-xen-hvm.qcow2", "hello-xen-hvm.vmx"), names(reports.get(1)));
        List<String> files = fake.outputs();
        assertTrue(files.contains("hello-xen-hvm.vmdk"), files.toString());
        assertTrue(fake.phases().contains("Writing hello-xen-hvm.qcow2"), "progress");
        Path disk = base.resolveSibling("hello-xen-hvm.qcow2");
        try (OpenedImage opened = OpenedImage.open(disk)) {
            assertEquals(List.of("xen-hvm"), opened.read().manifest().targets());
        }
        assertEquals(Files.size(disk), reports.get(1).formats().getFirst().bytes());
    }

    /** What a product takes is of its own target, though others would fit. */
    @Test
    void whatAProductTakesIsMadeOfItsTargetAlone() {
        List<TargetChoice> choices =
                Stream.of("kubevirt", "libvirt", "xenserver").map(TargetChoice::parse).toList();
        List<OutputFormat> asked = List.of(OutputFormat.QCOW2, OutputFormat.XVA);
        List<BuildReport> reports =
                fake.build(
                        fake.request(base)
                                .artifacts(Artifact.named(base, TargetChoice.targets(choices)))
                                .formats(TargetChoice.formats(choices, asked)),
                        fake.resources().withCacheBytes(0));
        assertEquals(
                List.of("hello-bare.qcow2", "hello-bare-containerdisk.tar", "hello-bare.xml"),
                names(reports.getFirst()));
        assertEquals(List.of("hello-xen-hvm.qcow2", "hello-xen-hvm.xva"), names(reports.getLast()));
    }

    private static List<String> names(BuildReport report) {
        return report.formats().stream().map(each -> each.file().getFileName().toString()).toList();
    }

    @Test
    void whatIsThereIsMadeAgainOnlyIfSomethingHasChanged() throws IOException {
        assertFalse(isUpToDate());
        assertTrue(isUpToDate());
        Path disk = base.resolveSibling("hello-xen-hvm.qcow2");
        Files.writeString(disk, "damaged");
        assertFalse(isUpToDate());
        assertTrue(isUpToDate());
        Files.writeString(fake.classes.resolve("resource"), "new");
        assertFalse(isUpToDate());
    }

    private boolean isUpToDate() {
        List<BuildReport> reports = build(List.of(Target.XEN_HVM), OutputFormat.QCOW2);
        return reports.getFirst().formats().getFirst().upToDate();
    }

    @Test
    void aFormatOfNoTargetIsRefusedBeforeAnythingIsBuilt() {
        UserError error =
                assertThrows(UserError.class, () -> build(List.of(Target.QEMU), OutputFormat.VHDX));
        String message =
                "--format vhdx takes a disk, and none of the targets (qemu) gives one: add one of"
                        + " xen-hvm";
        assertTrue(error.getMessage().startsWith(message), error.getMessage());
        assertTrue(error.getMessage().endsWith(" with --target"), error.getMessage());
        assertEquals(List.of(), fake.phases());
    }

    @Test
    void theTableTellsOfEachTargetAndFormat() {
        String table = TargetTable.render();
        for (Target target : Target.values()) {
            assertTrue(table.lines().anyMatch(line -> line.startsWith(target.word())), table);
        }
        for (String word : OutputFormat.words()) {
            assertTrue(table.lines().anyMatch(line -> line.startsWith(word + " ")), table);
        }
        assertTrue(table.lines().allMatch(line -> line.length() <= 160), table);
    }
}
