package dev.cortado.boot.stubs;

import static dev.cortado.boot.x86.Register.RAX;
import static dev.cortado.boot.x86.Register.RBX;
import static dev.cortado.boot.x86.Register.RSI;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.boot.Tool;
import dev.cortado.boot.layout.AddressSpace;
import dev.cortado.boot.layout.PvhStartInfo;
import dev.cortado.boot.x86.Memory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From GRUB to the PVH entry, from a disc of grub-mkrescue's. */
class MultibootTest {
    @TempDir Path directory;

    @Test
    void grubFindsTheHeader() throws Exception {
        Path kernel = directory.resolve("kernel");
        Files.write(kernel, hello().link());
        Tool.run("grub-file", List.of("--is-x86-multiboot2", kernel.toString()));
    }

    @Test
    void grubStartsTheImage() throws Exception {
        byte[] disc = disc(hello().link(), "hello -Dx=y");
        List<String> all = new TestMachine().machine("pc").disc().run(disc).serial();
        List<String> lines = all.subList(all.size() - 6, all.size());
        assertTrue(lines.get(0).endsWith("00000001" + "336ec578"), all.toString());
        assertEquals("2d206f6c6c6568", lines.get(1).substring(2), "hello -, backwards");
        assertEquals("2052545020445352", lines.get(2), "RSD PTR");
        assertTrue(Long.parseLong(lines.get(3), 16) > 3, lines.toString());
        assertEquals("0000000000000000", lines.get(4), "memory begins at 0");
        assertEquals("0123456789abcdef", lines.get(5), "the end of the heap");
    }

    private static Guest hello() {
        Guest guest = new Guest();
        guest.heap.skip(1 << 20);
        guest.heap.emit64(0x0123_4567_89AB_CDEFL);
        return guest.kernel(asm -> {
            asm.mov(RBX, AddressSpace.DIRECT_MAP_BASE);
            asm.lea(RBX, Memory.at(RBX, RSI, 1, 0));
            guest.print(Memory.at(RBX, PvhStartInfo.MAGIC));
            asm.mov(RAX, Memory.at(RBX, PvhStartInfo.COMMAND_LINE));
            guest.print(Memory.at(RAX));
            asm.mov(RAX, Memory.at(RBX, PvhStartInfo.RSDP));
            guest.print(Memory.at(RAX));
            guest.print(Memory.at(RBX, PvhStartInfo.MEMORY_MAP_COUNT));
            asm.mov(RAX, Memory.at(RBX, PvhStartInfo.MEMORY_MAP));
            guest.print(Memory.at(RAX));
            asm.mov(RAX, AddressSpace.HEAP_BASE + AddressSpace.IMAGE_HEAP_OFFSET + (1 << 20));
            guest.print(Memory.at(RAX));
        });
    }

    private byte[] disc(byte[] elf, String arguments) throws Exception {
        Path boot = Files.createDirectories(directory.resolve("disc/boot/grub"));
        Files.write(boot.resolveSibling("kernel"), elf);
        Files.writeString(
                boot.resolve("grub.cfg"),
                "set timeout=0\nmenuentry hello { multiboot2 /boot/kernel " + arguments + " }\n");
        Path disc = directory.resolve("disc.iso");
        String content = directory.resolve("disc").toString();
        Tool.run("grub-mkrescue", List.of("-o", disc.toString(), content));
        return Files.readAllBytes(disc);
    }
}
