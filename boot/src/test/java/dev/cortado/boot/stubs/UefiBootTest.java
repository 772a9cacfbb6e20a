package dev.cortado.boot.stubs;

import static dev.cortado.boot.x86.Register.ECX;
import static dev.cortado.boot.x86.Register.RAX;
import static dev.cortado.boot.x86.Register.RBX;
import static dev.cortado.boot.x86.Register.RCX;
import static dev.cortado.boot.x86.Register.RSI;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cortado.boot.Tool;
import dev.cortado.boot.disk.DiskLayout;
import dev.cortado.boot.gpt.PartitionTable;
import dev.cortado.boot.layout.AddressSpace;
import dev.cortado.boot.layout.PvhStartInfo;
import dev.cortado.boot.layout.Target;
import dev.cortado.boot.x86.Condition;
import dev.cortado.boot.x86.Label;
import dev.cortado.boot.x86.Memory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From UEFI to the PVH entry, by way of a disk. */
class UefiBootTest {
    /** Also on machines of other kinds and sizes: each takes its firmware some seconds. */
    private static final boolean ALL = Boolean.getBoolean("cortado.uefi.all");

    private static final long LAST = 0x0123_4567_89AB_CDEFL;
    private static final String READY = "5265616479212121";

    /** "-Dx=y z", backwards. */
    private static final String COMMAND_LINE_WORD = "007a20793d78442d";

    @TempDir Path directory;

    @Test
    void startsTheImageAsAPvhLoaderDoes() throws Exception {
        startsTheImage("q35", 1, 128, 1 << 20);
    }

    @ParameterizedTest
    @CsvSource({"q35,4,256", "q35,2,6144", "pc,4,256"})
    void startsItOnOtherMachines(String machine, int cpus, int memory) throws Exception {
        assumeTrue(ALL, "set -Dcortado.uefi.all=true");
        startsTheImage(machine, cpus, memory, 1 << 20);
    }

    /** The firmware has it twice for a while, and then once: where its kernel belongs. */
    @ParameterizedTest
    @CsvSource({"q35,10", "q35,22", "q35,30", "pc,22"})
    void startsALargeImageWithLittleMemory(String machine, int mebibytes) throws Exception {
        assumeTrue(ALL, "set -Dcortado.uefi.all=true");
        startsTheImage(machine, 1, 128, mebibytes << 20);
    }

    /** The firmware keeps some memory at 8 MiB for its wake from sleep. */
    @Test
    void leavesMemoryAloneThatTheFirmwareKeeps() throws Exception {
        assumeTrue(ALL, "set -Dcortado.uefi.all=true");
        Guest guest = new Guest();
        guest.kernel(asm -> guest.print(RSI));
        guest.heap.skip(10 << 20);
        byte[] disk = TestDisk.of(guest.link());
        List<String> lines =
                machine("q35", 1, 128)
                        .runUntil(
                                disk,
                                "Cortado: this machine has too little memory for the image, or it"
                                        + " is in use")
                        .serial();
        assertTrue(lines.getLast().startsWith("Cortado: this machine"), lines.toString());
    }

    /** There, the volume is one of blocks of 2048 bytes. */
    @Test
    void findsTheCommandLineOnACompactDisc() throws Exception {
        Guest guest = new Guest();
        guest.kernel(asm -> {
            asm.mov(RBX, AddressSpace.DIRECT_MAP_BASE);
            asm.lea(RBX, Memory.at(RBX, RSI, 1, 0));
            asm.mov(RAX, Long.parseUnsignedLong(READY, 16));
            guest.print(RAX);
            asm.mov(RAX, Memory.at(RBX, PvhStartInfo.COMMAND_LINE));
            guest.print(Memory.at(RAX));
        });
        byte[] disk = disk(guest);
        writeCommandLine(disk);
        int end = disk.length - PartitionTable.BACKUP_SECTORS * DiskLayout.SECTOR_SIZE;
        byte[] volume = Arrays.copyOfRange(disk, DiskLayout.VOLUME_OFFSET, end);
        Path content = Files.createDirectories(directory.resolve("content"));
        Files.write(content.resolve("volume"), volume);
        Path disc = directory.resolve("disc.iso");
        String words = "-as mkisofs -quiet -o %s -e volume -no-emul-boot %s";
        Tool.run("xorriso", List.of(words.formatted(disc, content).split(" ")));
        List<String> all =
                new TestMachine()
                        .machine("q35")
                        .memory(128)
                        .uefi()
                        .disc()
                        .run(Files.readAllBytes(disc))
                        .serial();
        assertTrue(all.size() > 1 && all.get(all.size() - 2).endsWith(READY), all.toString());
        assertEquals(COMMAND_LINE_WORD, all.getLast());
    }

    private static void writeCommandLine(byte[] disk) {
        byte[] line = "-Dx=y z\0".getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(line, 0, disk, DiskLayout.COMMAND_LINE_OFFSET, line.length);
    }

    private static void startsTheImage(String machine, int cpus, int memory, int size)
            throws Exception {
        Guest guest = new Guest();
        guest.heap.skip(size);
        guest.heap.emit64(LAST);
        guest.kernel(asm -> {
            asm.mov(RBX, AddressSpace.DIRECT_MAP_BASE);
            asm.lea(RBX, Memory.at(RBX, RSI, 1, 0));
            asm.mov(RAX, Long.parseUnsignedLong(READY, 16));
            guest.print(RAX);
            guest.print(Memory.at(RBX, PvhStartInfo.MAGIC));
            guest.print(Memory.at(RBX, PvhStartInfo.FLAGS));
            guest.print(Memory.at(RBX, PvhStartInfo.MODULE_LIST));
            asm.mov(RAX, Memory.at(RBX, PvhStartInfo.COMMAND_LINE));
            guest.print(Memory.at(RAX));
            asm.mov(RAX, Memory.at(RBX, PvhStartInfo.RSDP));
            guest.print(Memory.at(RAX));
            asm.mov(RAX, AddressSpace.HEAP_BASE + AddressSpace.IMAGE_HEAP_OFFSET + size);
            guest.print(Memory.at(RAX));
            asm.mov(RAX, Memory.at(RBX, PvhStartInfo.MEMORY_MAP));
            asm.mov(ECX, Memory.at(RBX, PvhStartInfo.MEMORY_MAP_COUNT));
            Label next = asm.here();
            for (int field = 0; field < PvhStartInfo.MEMORY_ENTRY_SIZE; field += Long.BYTES) {
                guest.print(Memory.at(RAX, field));
            }
            asm.add(RAX, PvhStartInfo.MEMORY_ENTRY_SIZE);
            asm.sub(RCX, 1);
            asm.jcc(Condition.NOT_ZERO, next);
        });
        byte[] disk = disk(guest);
        writeCommandLine(disk);
        List<String> all = machine(machine, cpus, memory).run(disk).serial();
        int ready = 0;
        while (ready < all.size() && !all.get(ready).endsWith(READY)) {
            ready++;
        }
        assertTrue(ready + 7 < all.size(), all.toString());
        List<String> lines = all.subList(ready + 1, all.size());
        assertEquals("0000" + "0001" + "336ec578", lines.get(0));
        assertEquals("0000000000000000", lines.get(1));
        assertEquals("0000000000000000", lines.get(2));
        assertEquals(COMMAND_LINE_WORD, lines.get(3));
        assertEquals("2052545020445352", lines.get(4), "RSD PTR");
        assertEquals(LAST, Long.parseLong(lines.get(5), 16), "the end of the heap");
        assertMemory(lines.subList(6, lines.size()), memory);
    }

    /** In order, in as few pieces as possible, and nearly as much as the machine has. */
    private static void assertMemory(List<String> map, int mebibytes) {
        long end = 0;
        long type = 0;
        long bytes = 0;
        for (int i = 0; i < map.size(); i += 3) {
            long begin = Long.parseUnsignedLong(map.get(i), 16);
            long length = Long.parseUnsignedLong(map.get(i + 1), 16);
            long next = Long.parseUnsignedLong(map.get(i + 2), 16);
            assertTrue(begin >= end && length > 0, map.toString());
            assertTrue(begin > end || next != type, map.toString());
            end = begin + length;
            type = next;
            bytes += type == PvhStartInfo.MEMORY_TYPE_RAM ? length : 0;
        }
        assertTrue(bytes > (mebibytes - 8L) << 20 && bytes <= (long) mebibytes << 20, map + "");
    }

    private static TestMachine machine(String machine, int cpus, int memory) {
        return new TestMachine()
                .machine(machine)
                .memory(memory)
                .options("-smp", Integer.toString(cpus))
                .uefi()
                .disk();
    }

    private static byte[] disk(Guest guest) {
        var linker = guest.linker(BootObject.create(Target.BARE));
        return TestDisk.of(linker.at(Target.BARE.imageBase()).link());
    }
}
