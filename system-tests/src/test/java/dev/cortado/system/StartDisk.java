package dev.cortado.system;

import dev.cortado.boot.disk.DiskLayout;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** An image as the disk that a PC starts from, with the program's arguments on it. */
record StartDisk(Path file) {
    /** Makes it, or makes it anew. */
    static StartDisk of(Path image, Path file, String commandLine) throws IOException {
        Files.copy(image, file, StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel disk = FileChannel.open(file, StandardOpenOption.WRITE)) {
            byte[] text = (commandLine + '\0').getBytes(StandardCharsets.US_ASCII);
            disk.write(ByteBuffer.wrap(text), DiskLayout.COMMAND_LINE_OFFSET);
        }
        return new StartDisk(file);
    }

    /** QEMU's command for such a PC. */
    List<String> command(String machine, int cpus) {
        List<String> command = new ArrayList<>(List.of("qemu-system-x86_64", "-machine", machine));
        command.addAll(List.of("-accel", "tcg", "-cpu", "max", "-m", "256"));
        command.addAll(List.of("-smp", Integer.toString(cpus), "-nodefaults", "-no-reboot"));
        command.addAll(List.of("-display", "none", "-serial", "stdio"));
        command.addAll(DiskController.drive("start", file));
        command.addAll(List.of("-device", "ide-hd,drive=start,bus=ide.0,bootindex=0"));
        return command;
    }
}
