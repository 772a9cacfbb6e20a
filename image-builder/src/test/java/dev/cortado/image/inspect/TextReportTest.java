package dev.cortado.image.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.image.image.SideFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextReportTest {
    @TempDir Path directory;
    private Path image;

    @BeforeEach
    void write() throws IOException {
        image = InspectedImage.write(directory);
    }

    private String report() {
        return new TextReport().render(new Inspector().inspect(image));
    }

    @Test
    void showsWhatTheImageIs() {
        String report = report();
        assertTrue(report.startsWith(image + "\n\n  Format       elf64-x86_64"), report);
        assertTrue(
                report.contains("\n  Target       qemu\n  Boots by     pvh, multiboot2\n"), report);
        assertTrue(report.contains("\nNotes for loaders\n  name          value\n"), report);
        assertTrue(report.contains("\n  PHYS32_ENTRY  0x2"), report);
        assertTrue(report.contains("\n  heap    rw-     0x1000000"), report);
        assertTrue(report.contains("\n  Main class  example.Hello\n"), report);
        assertTrue(report.contains("\n  serial          System.out is reachable\n"), report);
        assertTrue(
                report.contains(
                        """
                          virtio.entropy  the program uses random numbers
                                            from example.Hello.main
                                            to java.net.Socket.<init>
                                            ...
                                            to example.Card.open
                        """),
                report);
        assertTrue(report.contains("\n  example.Lib.open   example.Hello, example.Util\n"), report);
        assertTrue(report.contains("\n  example.Lib.close  reflection\n"), report);
        assertTrue(
                report.contains(
                        """

                        Directories of files
                          in the guest  files  directories     size
                          /srv/site     1,234           56  7.7 KiB
                        """),
                report);
        assertTrue(report.contains("\n  hello.jar  0000"), report);
    }

    @Test
    void showsADisksCommandLine() {
        image = InspectedImage.writeDisk(directory);
        String report = report();
        assertTrue(report.contains("  Format        disk, checksums are right\n"), report);
        assertTrue(report.contains("  Boots by      bios, uefi\n  Command line  none\n"), report);
    }

    @Test
    void showsTheLargestPackagesAndClasses() {
        String report = report();
        assertTrue(
                report.contains(
                        """
                        Largest packages by code size (4.5 KiB in all, 4 of them)
                             size  share  name
                          3.1 KiB  68.8%  java.util
                           1000 B  21.5%  com.oracle.svm.core
                        """),
                report);
        assertTrue(
                report.contains(
                        """
                        Largest classes by heap size (1.7 KiB in all, 3 of them)
                           size  share  objects  name
                          900 B  51.7%        9  byte[] for strings
                        """),
                report);
    }

    @Test
    void saysWhenSizesAreUnknown() throws IOException {
        Files.delete(SideFiles.sizes(image));
        assertTrue(report().contains("Sizes\n  unknown"));
    }

    @Test
    void isTheSameInEveryLocale() {
        Locale before = Locale.getDefault();
        String expected = report();
        try {
            Locale.setDefault(Locale.GERMANY);
            assertEquals(expected, report());
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void linesHaveNoSpaceAtTheirEnd() {
        assertFalse(report().lines().anyMatch(line -> line.endsWith(" ")));
    }
}
