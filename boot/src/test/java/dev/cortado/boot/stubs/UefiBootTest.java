package dev.cortado.boot.stubs;

import static dev.cortado.boot.x86.Register.RAX;
import static dev.cortado.boot.x86.Register.RBX;
import static dev.cortado.boot.x86.Register.RSI;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.boot.disk.DiskLayout;
import dev.cortado.boot.layout.AddressSpace;
import dev.cortado.boot.layout.PvhStartInfo;
import dev.cortado.boot.layout.Target;
import dev.cortado.boot.x86.Memory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From UEFI to the PVH entry, by way of a disk. */
class UefiBootTest {
    @ParameterizedTest
    @CsvSource({"q35,1,128", "q35,4,6144", "pc,4,256"})
    void startsTheImageAsAPvhLoaderDoes(String machine, String cpus, int memory) throws Exception {
        Guest guest = new Guest();
        long last = 0x0123_4567_89AB_CDEFL;
        guest.heap.skip(1 << 20);
        guest.heap.emit64(last);
        guest.kernel(asm -> {
            asm.mov(RBX, AddressSpace.DIRECT_MAP_BASE);
            asm.lea(RBX, Memory.at(RBX, RSI, 1, 0));
            guest.print(Memory.at(RBX, PvhStartInfo.MAGIC));
            guest.print(Memory.at(RBX, PvhStartInfo.FLAGS));
            guest.print(Memory.at(RBX, PvhStartInfo.MODULE_LIST));
            asm.mov(RAX, Memory.at(RBX, PvhStartInfo.COMMAND_LINE));
            guest.print(Memory.at(RAX));
            asm.mov(RAX, Memory.at(RBX, PvhStartInfo.RSDP));
            guest.print(Memory.at(RAX));
            guest.print(Memory.at(RBX, PvhStartInfo.MEMORY_MAP_COUNT));
            asm.mov(RAX, Memory.at(RBX, PvhStartInfo.MEMORY_MAP));
            guest.print(Memory.at(RAX));
            guest.print(Memory.at(RAX, PvhStartInfo.MEMORY_TYPE));
            asm.mov(RAX, AddressSpace.HEAP_BASE + AddressSpace.IMAGE_HEAP_OFFSET + (1 << 20));
            guest.print(Memory.at(RAX));
        });
        byte[] disk = disk(guest);
        byte[] commandLine = "-Dx=y z\0".getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(commandLine, 0, disk, DiskLayout.COMMAND_LINE_OFFSET, commandLine.length);
        List<String> all =
                new TestMachine()
                        .machine(machine)
                        .memory(memory)
                        .options("-smp", cpus)
                        .uefi()
                        .disk()
                        .run(disk)
                        .serial();
        assertTrue(all.size() >= 9, all.toString());
        List<String> lines = all.subList(all.size() - 9, all.size());
        assertTrue(lines.get(0).endsWith("0000" + "0001" + "336ec578"), all.toString());
        assertEquals("0000000000000000", lines.get(1));
        assertEquals("0000000000000000", lines.get(2));
        assertEquals("007a20793d78442d", lines.get(3));
        assertEquals("2052545020445352", lines.get(4), "RSD PTR");
        assertTrue(Long.parseLong(lines.get(5), 16) > 3, lines.toString());
        assertEquals("0000000000000000", lines.get(6), "memory begins at 0");
        assertEquals("0000000000000001", lines.get(7));
        assertEquals("0123456789abcdef", lines.get(8), "the end of the heap");
    }

    private static byte[] disk(Guest guest) {
        var linker = guest.linker(BootObject.create(Target.BARE));
        return TestDisk.of(linker.at(Target.BARE.imageBase()).link());
    }
}
