package dev.cortado.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Discs with GRUB, as grub-mkrescue makes them, which are disks for BIOS and UEFI, too. */
final class GrubDisc {
    private GrubDisc() {}

    /** Our kernel. */
    static Path ofMultiboot(Path kernel, Path disc) throws IOException, InterruptedException {
        return make("multiboot2 /boot/kernel", Map.of("kernel", kernel), disc);
    }

    /** The same, with something that GRUB loads beside it. */
    static Path ofMultiboot(Path kernel, Path module, Path disc)
            throws IOException, InterruptedException {
        return make(
                "multiboot2 /boot/kernel\nmodule2 /boot/module",
                Map.of("kernel", kernel, "module", module),
                disc);
    }

    /** A Linux. */
    static Path ofLinux(Guest linux, Path disc) throws IOException, InterruptedException {
        return make(
                "linux /boot/kernel " + linux.commandLine() + "\ninitrd /boot/initrd",
                Map.of("kernel", linux.kernel(), "initrd", linux.initialRamDisk()),
                disc);
    }

    /** One whose files are below /boot, by their names there. */
    private static Path make(String commands, Map<String, Path> files, Path disc)
            throws IOException, InterruptedException {
        Path directory = Files.createDirectories(disc.resolveSibling(disc.getFileName() + ".d"));
        Path boot = Files.createDirectories(directory.resolve("boot/grub"));
        Files.writeString(boot.resolve("grub.cfg"), "set timeout=0\n" + commands + "\nboot\n");
        for (Map.Entry<String, Path> file : files.entrySet()) {
            Path copy = directory.resolve("boot").resolve(file.getKey());
            Files.write(copy, Files.readAllBytes(file.getValue()));
        }
        Commands.lines(List.of("grub-mkrescue", "-o", disc.toString(), directory.toString()));
        return disc;
    }
}
