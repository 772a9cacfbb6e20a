package dev.cortado.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Disks attached and detached at QEMU's monitor while a guest uses them (ACPI hot plug). */
final class PlugIT {
    private static final int BYTES = 1 << 20;
    private static final long PATTERN = 0x9e37_79b9_7f4a_7c15L;
    private static final int ROUNDS = Integer.getInteger("cortado.plug.rounds", 5);

    @TempDir Path directory;

    private final List<String> options = new ArrayList<>();

    /** A disk's contents; its node has the same name as its file. */
    private byte[] disk(String name, int bytes, int seed) throws IOException {
        byte[] contents = new byte[bytes];
        new Random(seed).nextBytes(contents);
        Path file = Files.write(directory.resolve(name), contents);
        options.addAll(List.of("-blockdev", node(name, file)));
        return contents;
    }

    /** Not a drive, which would go with its device. */
    private static String node(String name, Path file) {
        return "driver=raw,node-name=" + name + ",file.driver=file,file.filename=" + file;
    }

    private static String found(String name, byte[] contents) {
        CRC32 crc = new CRC32();
        crc.update(contents);
        return "%s of %d bytes, sum %x\n".formatted(name, contents.length, crc.getValue());
    }

    /**
     * The first disk is behind a bridge from the start; the second one comes and goes, on the root
     * bus or behind a root port. What is under way when it goes is done when it has come back.
     */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "q35 | 4 | pcie-root-port,id=first,chassis=1 | bus=second",
                "pc | 1 | pci-bridge,id=first,chassis_nr=1 | bus=pci.0,addr=0x9",
            })
    void aDiskComesAndGoesUnderLoad(String machine, int cpus, String bridge, String place)
            throws Exception {
        byte[] cold = disk("cold", BYTES, 1);
        byte[] hot = disk("hot", BYTES, 2);
        options.addAll(List.of("-smp", Integer.toString(cpus), "-device", bridge));
        options.addAll(List.of("-device", "virtio-blk-pci,bus=first,addr=0x0,drive=cold"));
        if (machine.equals("q35")) {
            options.addAll(List.of("-device", "pcie-root-port,id=second,chassis=2"));
        } else {
            options.set(options.size() - 1, "virtio-blk-pci,bus=first,addr=0x3,drive=cold");
        }
        try (EmulatedMachine guest =
                new EmulatedMachine(machine, "disk-plug", directory, options)) {
            guest.session.await(found("vda", cold));
            guest.session.await("ready\n");
            String device = "virtio-blk-pci,id=plug,drive=hot," + place;
            QemuPlug plug = new QemuPlug(guest::command);
            plug.attach(device);
            guest.session.await(found("vdb", hot));
            guest.session.type("mark\n");
            guest.session.await("marked\n");
            for (int round = 0; round < ROUNDS; round++) {
                plug.detach("plug");
                plug.attach(device);
            }
            guest.session.type("end\n");
            String console = guest.session.await("nothing is lost\n");
            assertEquals("vda was used\nvdb was used\nnothing is lost\n", console);
        }
        checkWritten("cold");
        checkWritten("hot");
    }

    /** Users of the one that was there would take its blocks for theirs. */
    @Test
    void anotherDiskInItsPlaceIsAnotherOne() throws IOException {
        byte[] first = disk("first", BYTES, 1);
        byte[] second = disk("second", BYTES / 2, 2);
        try (EmulatedMachine guest = new EmulatedMachine("pc", "disk-plug", directory, options)) {
            guest.session.await("ready\n");
            QemuPlug plug = new QemuPlug(guest::command);
            plug.attach("virtio-blk-pci,id=plug,addr=0x9,drive=first");
            guest.session.await(found("vda", first));
            plug.detach("plug");
            plug.attach("virtio-blk-pci,id=plug,addr=0x9,drive=second");
            guest.session.await("another disk was attached in its place\n");
            guest.session.await(found("vdb", second));
            guest.session.type("end\n");
            String console = guest.session.await("nothing is lost\n");
            assertTrue(console.endsWith("vdb was used\nnothing is lost\n"), console);
            assertFalse(console.contains("vda was used"), console);
        }
    }

    private void checkWritten(String name) throws IOException {
        ByteBuffer written = ByteBuffer.wrap(Files.readAllBytes(directory.resolve(name)));
        written.order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 0; at < BYTES; at += Long.BYTES) {
            assertEquals(at * PATTERN, written.getLong(at), name + " at " + at);
        }
    }
}
