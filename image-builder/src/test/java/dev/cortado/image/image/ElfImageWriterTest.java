package dev.cortado.image.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.boot.layout.KernelSymbols;
import dev.cortado.image.TestObjects;
import dev.cortado.image.Tools;
import dev.cortado.image.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ElfImageWriterTest {
    /** Offset, addresses, sizes, flags and alignment of a program header. */
    private static final Pattern LOAD =
            Pattern.compile("LOAD +\\w+ (\\w+) (\\w+) (\\w+) (\\w+) (.{3}) 0x1000");

    @TempDir Path directory;

    private final GuestImage image = TestObjects.image();

    private Path written() {
        Path file = directory.resolve("hello");
        new ElfImageWriter().write(image, file);
        return file;
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void readsBackWhatItWrote() {
        ImageFile read = ImageFile.read(written());
        assertEquals(TestObjects.MANIFEST, read.manifest());
        assertEquals(image.entryPoint(), read.entryPoint());
        assertEquals(List.of("pvh", "multiboot2"), read.bootProtocols());
        assertEquals(image.segments().size(), read.segments().size());
        for (int i = 0; i < read.segments().size(); i++) {
            Segment expected = image.segments().get(i);
            LoadedSegment actual = read.segments().get(i);
            assertEquals(expected.name(), actual.name());
            assertEquals(expected.protection(), actual.protection());
            assertEquals(expected.virtualAddress(), actual.virtualAddress());
            assertEquals(expected.physicalAddress(), actual.physicalAddress());
            assertEquals(expected.contents().length, actual.fileSize());
            assertEquals(expected.memorySize(), actual.memorySize());
        }
    }

    @Test
    void equalImagesGiveEqualBytes() throws IOException {
        byte[] first = Files.readAllBytes(written());
        new ElfImageWriter().write(TestObjects.image(), directory.resolve("again"));
        assertArrayEquals(first, Files.readAllBytes(directory.resolve("again")));
    }

    @Test
    void replacesAnOlderImage() throws IOException {
        Files.writeString(directory.resolve("hello"), "old");
        ImageFile.read(written());
        assertEquals(List.of("hello"), files());
    }

    @Test
    void leavesNothingBehindWhereItCannotWrite() throws IOException {
        Path taken = Files.createDirectories(directory.resolve("hello/full"));
        UserError error = assertThrows(UserError.class, this::written);
        assertTrue(error.getMessage().contains(taken.getParent().toString()));
        assertEquals(List.of("hello"), files());
        Path nowhere = directory.resolve("none/hello");
        assertThrows(UserError.class, () -> new ElfImageWriter().write(image, nowhere));
        assertFalse(Files.exists(nowhere.getParent()));
    }

    @Test
    void readelfAgrees() throws Exception {
        Path file = written();
        List<String> lines = Tools.run("readelf", "-hlnW", file);
        assertFalse(lines.stream().anyMatch(line -> line.contains("Warning")), lines::toString);
        List<String> loads =
                lines.stream().map(String::strip).filter(line -> line.startsWith("LOAD")).toList();
        assertEquals(image.segments().size(), loads.size());
        for (int i = 0; i < loads.size(); i++) {
            Segment segment = image.segments().get(i);
            Matcher fields = LOAD.matcher(loads.get(i));
            assertTrue(fields.matches(), loads.get(i));
            assertEquals(segment.virtualAddress(), Long.decode(fields.group(1)));
            assertEquals(segment.physicalAddress(), Long.decode(fields.group(2)));
            assertEquals(segment.contents().length, Long.decode(fields.group(3)));
            assertEquals(segment.memorySize(), Long.decode(fields.group(4)));
            String expected = segment.protection().toString().replace('-', ' ').replace('x', 'E');
            assertEquals(expected.toUpperCase(Locale.ROOT), fields.group(5));
        }
        assertTrue(
                lines.contains(
                        "  Entry point address:               0x"
                                + Long.toHexString(image.entryPoint())));
        assertTrue(lines.stream().anyMatch(line -> line.matches("\\s+Xen\\s+0x0000000[48]\\s.*")));
        assertTrue(lines.stream().anyMatch(line -> line.startsWith("  Cortado ")));
    }

    @Test
    void objdumpFollowsACallIntoTheBootCode() throws Exception {
        long entry = image.symbols().find(KernelSymbols.KERNEL_ENTRY).orElseThrow().address();
        long stub = image.symbols().find("cortado_out8").orElseThrow().address();
        List<String> lines =
                Tools.run(
                        "objdump",
                        "-d",
                        "--start-address=" + entry,
                        "--stop-address=" + (entry + 5),
                        written());
        assertTrue(
                lines.getLast().matches(".*call +0x" + Long.toHexString(stub) + ".*"),
                lines::toString);
    }

    @Test
    void symbolsBesideTheImageAreThoseThatNmShows() throws Exception {
        Path file = written();
        SideFiles.writeDebug(image, file);
        assertEquals(List.of("hello", "hello.debug"), files());
        List<String> shown = Tools.run("nm", "--print-size", SideFiles.debug(file));
        assertEquals(
                image.symbols().symbols().stream()
                        .map(symbol -> symbol.name() + " %016x".formatted(symbol.address()))
                        .sorted()
                        .toList(),
                shown.stream().map(ElfImageWriterTest::nameAndAddress).sorted().toList());
    }

    @Test
    void debugInformationBesideTheImageHasTheGuestsAddresses() throws Exception {
        Path file = written();
        SideFiles.writeDebug(image, file);
        List<String> sections = Tools.run("readelf", "-SW", SideFiles.debug(file));
        assertFalse(sections.stream().anyMatch(line -> line.contains("Warning")));
        Segment text =
                image.segments().stream()
                        .filter(segment -> segment.name().equals(Segment.TEXT))
                        .findFirst()
                        .orElseThrow();
        String address = "%016x".formatted(text.virtualAddress());
        assertTrue(
                sections.stream()
                        .anyMatch(line -> line.matches(".*\\.text +NOBITS +" + address + ".*")),
                sections::toString);
        long entry = image.symbols().find(KernelSymbols.KERNEL_ENTRY).orElseThrow().address();
        List<String> ranges = Tools.run("readelf", "--debug-dump=aranges", SideFiles.debug(file));
        String range = "%016x %016x".formatted(entry, TestObjects.RANGE_BYTES);
        assertTrue(ranges.stream().anyMatch(line -> line.strip().equals(range)), ranges::toString);
    }

    private static String nameAndAddress(String line) {
        String[] words = line.split(" ");
        return words[words.length - 1] + " " + words[0];
    }
}
