package dev.cortado.boot.stubs;

import static dev.cortado.boot.x86.Register.CL;
import static dev.cortado.boot.x86.Register.EAX;
import static dev.cortado.boot.x86.Register.ECX;
import static dev.cortado.boot.x86.Register.EDI;
import static dev.cortado.boot.x86.Register.RAX;
import static dev.cortado.boot.x86.Register.RBX;
import static dev.cortado.boot.x86.Register.RCX;
import static dev.cortado.boot.x86.Register.RDI;
import static dev.cortado.boot.x86.Register.RDX;
import static dev.cortado.boot.x86.Register.RSI;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.boot.Tool;
import dev.cortado.boot.layout.AddressSpace;
import dev.cortado.boot.layout.KernelSegment;
import dev.cortado.boot.layout.PvhStartInfo;
import dev.cortado.boot.layout.StubSymbols;
import dev.cortado.boot.layout.Target;
import dev.cortado.boot.linux.LinuxImage;
import dev.cortado.boot.linux.LinuxLayout;
import dev.cortado.boot.x86.Condition;
import dev.cortado.boot.x86.Label;
import dev.cortado.boot.x86.Memory;
import dev.cortado.boot.x86.Width;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From loaders of Linux to the PVH entry. */
class LinuxBootTest {
    private static final long LAST = 0x0123_4567_89AB_CDEFL;

    @TempDir Path directory;

    /** QEMU's loader jumps to the code for real mode. */
    @ParameterizedTest
    @ValueSource(strings = {"pc", "q35", "microvm"})
    void startsInRealMode(String machine) throws Exception {
        Path module = Files.writeString(directory.resolve("module"), "module! more");
        List<String> lines =
                new TestMachine()
                        .machine(machine)
                        .options("-append", "hello -Dx=y", "-initrd", module.toString())
                        .run(TestDisk.linux(hello().link()))
                        .serial();
        assertStarted(lines);
        assertEquals("21656c75646f6d", lines.getLast().substring(2), "module!, backwards");
    }

    /** GRUB's jumps to the code for protected mode. */
    @Test
    void startsInProtectedMode() throws Exception {
        byte[] disc = disc(hello());
        List<String> all = new TestMachine().machine("pc").disc().run(disc).serial();
        List<String> lines = all.subList(all.size() - 7, all.size());
        String first = lines.getFirst();
        lines.set(0, first.substring(first.length() - 16));
        assertStarted(lines);
        assertEquals("21656c75646f6d", lines.getLast().substring(2), "module!, backwards");
    }

    /** GRUB does not tell where ACPI's tables are, but where UEFI's are, which know. */
    @Test
    void findsTheTablesOfAcpiWhereUefiStartedTheLoader() throws Exception {
        Guest guest = new Guest();
        guest.kernel(asm -> {
            asm.mov(RBX, AddressSpace.DIRECT_MAP_BASE);
            asm.lea(RBX, Memory.at(RBX, RSI, 1, 0));
            asm.mov(RAX, Memory.at(RBX, PvhStartInfo.RSDP));
            guest.print(Memory.at(RAX));
        });
        List<String> lines =
                new TestMachine()
                        .machine("q35")
                        .memory(256)
                        .uefi()
                        .disc()
                        .run(disc(guest))
                        .serial();
        assertTrue(lines.getLast().endsWith("2052545020445352"), "no RSD PTR: " + lines);
    }

    /** As the firmware's own application, whether QEMU's loader or GRUB has brought it there. */
    @Test
    void startsAsAnApplicationOfUefi() throws Exception {
        byte[] elf =
                hello().linker(BootObject.create(Target.QEMU))
                        .at(Target.BZIMAGE.imageBase())
                        .link();
        List<String> all =
                new TestMachine()
                        .machine("q35")
                        .memory(128)
                        .uefi()
                        .options("-append", "BOOT_IMAGE=/kernel hello -Dx=y")
                        .run(TestDisk.linux(elf))
                        .serial();
        int first = all.size() - 6;
        assertTrue(first >= 0 && all.get(first).length() >= 16, all.toString());
        List<String> lines = new ArrayList<>(all.subList(first, all.size()));
        lines.set(0, lines.getFirst().substring(lines.getFirst().length() - 16));
        assertStarted(lines);
        assertNotEquals(
                LinuxLayout.LOAD_ADDRESS + 0x1000,
                Long.parseLong(lines.getLast(), 16),
                "was started as Linux is");
    }

    /** Another guest of ours, which is elsewhere, jumps to the code for 64-bit mode. */
    @Test
    void startsInLongMode() throws Exception {
        byte[] file = TestDisk.linux(hello().link());
        Path loaded = directory.resolve("loaded");
        Files.write(loaded, Arrays.copyOfRange(file, LinuxLayout.SETUP_SIZE, file.length));
        Guest loader = new Guest().buffer("parameters", 4096);
        loader.kernel(asm -> {
            asm.mov(RBX, RSI);
            asm.lea(RDX, Memory.relative("parameters"));
            // The memory map, whose entries have 4 bytes less.
            asm.mov(ECX, Memory.at(RBX, PvhStartInfo.MEMORY_MAP_COUNT));
            asm.mov(Memory.at(RDX, 0x1E8), CL);
            asm.mov(RSI, Memory.at(RBX, PvhStartInfo.MEMORY_MAP));
            asm.lea(RDI, Memory.at(RDX, 0x2D0));
            var next = asm.here();
            asm.mov(RAX, RCX);
            asm.mov(ECX, 20);
            asm.repMovs(Width.BYTE);
            asm.add(RSI, 4);
            asm.mov(RCX, RAX);
            asm.sub(RCX, 1);
            asm.jcc(Condition.NOT_ZERO, next);
            asm.mov(RAX, Memory.at(RBX, PvhStartInfo.RSDP));
            asm.mov(Memory.at(RDX, 0x070), RAX);
            asm.mov(RAX, Memory.at(RBX, PvhStartInfo.COMMAND_LINE));
            asm.mov(Memory.at(RDX, 0x228), EAX);
            asm.mov(RSI, RDX);
            asm.mov(EDI, LinuxLayout.LOAD_ADDRESS + 0x200);
            asm.jmp(RDI);
        });
        byte[] elf = loader.linker(BootObject.create(Target.QEMU)).at(0x300_0000).link();
        List<String> lines =
                new TestMachine()
                        .machine("pc")
                        .options(
                                "-append",
                                "hello -Dx=y",
                                "-device",
                                "loader,addr=0x100000,force-raw=on,file=" + loaded)
                        .run(elf)
                        .serial();
        assertStarted(lines);
    }

    private byte[] disc(Guest guest) throws Exception {
        Path boot = Files.createDirectories(directory.resolve("disc/boot/grub"));
        Files.write(boot.resolveSibling("kernel"), TestDisk.linux(guest.link()));
        Files.writeString(boot.resolveSibling("module"), "module! more");
        Files.writeString(
                boot.resolve("grub.cfg"),
                "set timeout=0\nmenuentry hello { linux /boot/kernel hello -Dx=y\n"
                        + "initrd /boot/module\n}\n");
        Path disc = directory.resolve("disc.iso");
        String content = directory.resolve("disc").toString();
        Tool.run("grub-mkrescue", List.of("-o", disc.toString(), content));
        return Files.readAllBytes(disc);
    }

    @Test
    void refusesWhatItCannotMove() {
        ByteBuffer image = ByteBuffer.allocate(0x3000);
        var good = new KernelSegment(0x1000, 512, 0x20_0000, 512);
        LinuxImage.create(image, List.of(good), 0x20_0000);
        for (List<KernelSegment> wrong :
                List.of(
                        List.<KernelSegment>of(),
                        List.of(good, good),
                        List.of(new KernelSegment(0x1000, 512, 0x10_0000, 512)),
                        List.of(new KernelSegment(0x1000, 512, 0x20_0000, 511)),
                        List.of(new KernelSegment(0x2F00, 512, 0x20_0000, 512)),
                        List.of(new KernelSegment(0x2000, 512, 0x20_0000, 512), good),
                        List.of(new KernelSegment(0x1000, 512, 0xFFFF_FF00L, 512)))) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> LinuxImage.create(image, wrong, 0x20_0000));
        }
    }

    private static void assertStarted(List<String> lines) {
        assertEquals("0000" + "0001" + "336ec578", lines.get(0));
        assertEquals("2d206f6c6c6568", lines.get(1).substring(2), "hello -, backwards");
        assertTrue(Long.parseLong(lines.get(2), 16) > 1, lines.toString());
        assertEquals(LAST, Long.parseLong(lines.get(3), 16), "the end of the heap");
        assertEquals("0000000000000000", lines.get(4), "zeroes where the file has none");
    }

    private static Guest hello() {
        Guest guest = new Guest();
        guest.heap.skip(1 << 20);
        guest.heap.emit64(LAST);
        return guest.kernel(asm -> {
            asm.mov(RBX, AddressSpace.DIRECT_MAP_BASE);
            asm.lea(RBX, Memory.at(RBX, RSI, 1, 0));
            guest.print(Memory.at(RBX, PvhStartInfo.MAGIC));
            asm.mov(RAX, Memory.at(RBX, PvhStartInfo.COMMAND_LINE));
            guest.print(Memory.at(RAX));
            guest.print(Memory.at(RBX, PvhStartInfo.MEMORY_MAP_COUNT));
            asm.mov(RAX, AddressSpace.HEAP_BASE + AddressSpace.IMAGE_HEAP_OFFSET + (1 << 20));
            guest.print(Memory.at(RAX));
            guest.print(Memory.relative(StubSymbols.BOOT_STACK_BEGIN));
            guest.print(RSI);
            asm.mov(RAX, Memory.at(RBX, PvhStartInfo.MODULE_LIST));
            asm.test(RAX, RAX);
            var none = new Label();
            asm.jcc(Condition.ZERO, none);
            asm.mov(RAX, Memory.at(RAX, PvhStartInfo.MODULE_ADDRESS));
            guest.print(Memory.at(RAX));
            asm.bind(none);
        });
    }
}
