package dev.cortado.boot.stubs;

import static dev.cortado.boot.x86.Register.RAX;
import static dev.cortado.boot.x86.Register.RBX;
import static dev.cortado.boot.x86.Register.RSI;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.boot.disk.DiskImage;
import dev.cortado.boot.disk.DiskLayout;
import dev.cortado.boot.layout.AddressSpace;
import dev.cortado.boot.layout.KernelSegment;
import dev.cortado.boot.layout.PvhStartInfo;
import dev.cortado.boot.layout.StubSymbols;
import dev.cortado.boot.x86.Memory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From the BIOS to the PVH entry, by way of a disk. */
class DiskBootTest {

    private static final String UNREADABLE = "Cortado: the disk cannot be read, or ends too early";
    private static final String DAMAGED = "Cortado: the disk is damaged";
    private static final String IMAGE_DAMAGED = "Cortado: the image on the disk is damaged";

    @ParameterizedTest
    @ValueSource(strings = {"pc", "q35"})
    void startsTheImageAsAPvhLoaderDoes(String machine) throws Exception {
        Guest guest = new Guest();
        long last = 0x0123_4567_89AB_CDEFL;
        guest.heap.skip(1 << 20);
        guest.heap.emit64(last);
        guest.buffer("zeroes", 64);
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
        byte[] disk = TestDisk.of(guest.link());
        byte[] commandLine = "-Dx=y z\0".getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(commandLine, 0, disk, DiskLayout.COMMAND_LINE_OFFSET, commandLine.length);
        List<String> lines = new TestMachine().machine(machine).disk().run(disk).serial();
        assertEquals("0000" + "0001" + "336ec578", lines.get(0));
        assertEquals("0000000000000000", lines.get(1));
        assertEquals("0000000000000000", lines.get(2));
        assertEquals("007a20793d78442d", lines.get(3));
        assertEquals("2052545020445352", lines.get(4), "RSD PTR");
        assertTrue(Long.parseLong(lines.get(5), 16) > 3, lines.toString());
        assertEquals("0000000000000000", lines.get(6), "memory begins at 0");
        assertEquals("0000000000000001", lines.get(7));
        assertEquals("0123456789abcdef", lines.get(8), "the end of the heap");
    }

    @Test
    void zeroesWhatIsNotInTheImage() throws Exception {
        Guest guest = new Guest();
        guest.kernel(asm -> {
            guest.printAddress(StubSymbols.BOOT_STACK_BEGIN);
            guest.print(Memory.relative(StubSymbols.BOOT_STACK_BEGIN));
        });
        byte[] disk = TestDisk.of(guest.link());
        String address = new TestMachine().machine("pc").disk().run(disk).serial().getFirst();
        String device = "loader,addr=0x" + address + ",data=0x1234,data-len=8";
        TestMachine dirty = new TestMachine().machine("pc").options("-device", device).disk();
        assertEquals(List.of(address, "0000000000000000"), dirty.run(disk).serial());
    }

    @Test
    void saysWhereADiskEndsTooEarly() throws Exception {
        byte[] disk = TestDisk.of(hello());
        // Its first sector alone, in the loader, before and in the command line, in the image.
        for (int sectors : List.of(1, 41, 55, 64, 72, 76, 80, lastSectorRead(disk))) {
            byte[] rest = Arrays.copyOf(disk, sectors * DiskLayout.SECTOR_SIZE);
            assertFails(UNREADABLE, rest);
        }
    }

    private static int lastSectorRead(byte[] disk) {
        ByteBuffer bytes = ByteBuffer.wrap(disk).order(ByteOrder.LITTLE_ENDIAN);
        int segment = DiskLayout.HEADER_OFFSET + DiskLayout.SEGMENTS;
        int last = 0;
        for (int i = bytes.getInt(DiskLayout.HEADER_OFFSET + DiskLayout.SEGMENT_COUNT);
                i > 0;
                i--) {
            int first = bytes.getInt(segment + DiskLayout.SEGMENT_SECTOR);
            int sectors = bytes.getInt(segment + DiskLayout.SEGMENT_SECTORS);
            last = sectors > 0 ? first + sectors - 1 : last;
            segment += DiskLayout.SEGMENT_SIZE;
        }
        return last;
    }

    @Test
    void saysThatADiskIsDamaged() throws Exception {
        Random random = new Random(4);
        byte[] disk = TestDisk.of(hello());
        for (int i = 0; i < 8; i++) {
            byte[] damaged = disk.clone();
            int header = DiskLayout.HEADER_OFFSET;
            damaged[random.nextInt(header, DiskLayout.VOLUME_OFFSET)] ^= (byte) (1 << i);
            assertFails(DAMAGED, damaged);
        }
        byte[] damaged = disk.clone();
        int image =
                ByteBuffer.wrap(disk)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .getInt(DiskLayout.HEADER_OFFSET + DiskLayout.IMAGE_SECTOR);
        damaged[image * DiskLayout.SECTOR_SIZE + 0x1100] ^= 1;
        assertFails(IMAGE_DAMAGED, damaged);
    }

    @Test
    void saysThatADiskOfZeroesIsDamaged() throws Exception {
        byte[] disk = TestDisk.of(hello());
        Arrays.fill(disk, DiskLayout.SECTOR_SIZE, disk.length, (byte) 0);
        assertFails(DAMAGED, disk);
    }

    @Test
    void saysThatThereIsTooLittleMemory() throws Exception {
        Guest guest = new Guest();
        guest.kernel(asm -> guest.print(RSI));
        guest.heap.skip(10 << 20);
        TestMachine.Result result =
                new TestMachine().machine("pc").memory(8).disk().run(TestDisk.of(guest.link()));
        assertEquals(
                "Cortado: this machine has too little memory for the image",
                result.serial().getLast());
    }

    @Test
    void saysThatTheBiosLacksExtensions() throws Exception {
        byte[] floppy = Arrays.copyOf(TestDisk.of(hello()), 1_474_560);
        TestMachine.Result result = new TestMachine().machine("pc").floppy().run(floppy);
        assertEquals("Cortado: this BIOS has no INT 13h extensions", result.serial().getLast());
    }

    @Test
    void refusesSegmentsThatItCannotLoad() {
        ByteBuffer image = ByteBuffer.allocate(0x3000);
        var low = new KernelSegment(0, 512, 0x8000, 512);
        var first = new KernelSegment(0x1000, 512, 0x20_0000, 0x1000);
        var odd = new KernelSegment(0x1001, 512, 0x30_0000, 512);
        var within = new KernelSegment(0x1000, 512, 0x20_0800, 512);
        var high = new KernelSegment(0x1000, 512, 0xFFFF_FF00L, 512);
        for (List<KernelSegment> wrong :
                List.of(
                        List.<KernelSegment>of(),
                        List.of(low),
                        List.of(odd),
                        List.of(first, within),
                        List.of(first, first),
                        List.of(high))) {
            assertThrows(
                    IllegalArgumentException.class, () -> new DiskImage(image, wrong, 0x20_0000));
        }
    }

    private static void assertFails(String message, byte[] disk) throws Exception {
        TestMachine.Result result = new TestMachine().machine("pc").disk().run(disk);
        assertEquals(message, result.serial().getLast());
        assertEquals(message + "\r\n", result.debug().substring(result.debug().indexOf("Cort")));
    }

    private static byte[] hello() {
        Guest guest = new Guest();
        guest.kernel(asm -> guest.print(RSI));
        return guest.link();
    }
}
