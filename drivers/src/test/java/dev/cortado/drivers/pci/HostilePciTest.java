package dev.cortado.drivers.pci;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.drivers.HostileCases;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Functions whose registers say anything: they are refused by name, in bounded time. */
final class HostilePciTest {
    /** No operation on one function looks at more registers than this. */
    private static final int MOST_ACCESSES = 20_000;

    /** Registers of chance, kept, stuck, or other ones each time. */
    private static final class Chaos implements ConfigurationSpace {
        private final Random random;
        private final byte[] registers = new byte[4096];
        private final int kind;
        private final int bytes;
        private int accesses;

        Chaos(long seed) {
            random = new Random(seed);
            byte[] chance = new byte[320];
            random.nextBytes(chance);
            System.arraycopy(chance, 0, registers, 0, chance.length);
            for (int i = random.nextInt(8); i > 0; i--) { // extended capabilities further up
                registers[320 + random.nextInt(registers.length - 320)] = (byte) random.nextInt();
            }
            kind = random.nextInt(4);
            bytes = random.nextBoolean() ? 256 : 4096;
            if (kind < 3) {
                makePlausible();
            }
        }

        /** So that more than the first check is reached. */
        private void makePlausible() {
            registers[6] |= 0x10;
            registers[0x0e] &= (byte) 0x81;
            registers[0x34] = (byte) (0x40 + random.nextInt(48) * 4);
            int[] ids = {1, 5, 9, 0x10, 0x11, 0x13};
            for (int offset = 0x40; offset < 256; offset += 4) {
                registers[offset] = (byte) ids[random.nextInt(ids.length)];
                if (random.nextInt(8) > 0) {
                    registers[offset + 1] = (byte) (offset + 4 + random.nextInt(24));
                }
                if (random.nextInt(12) == 0) {
                    registers[offset + 1] = 0;
                }
            }
            for (int offset = 0x10; offset < 0x28; offset += 4) {
                registers[offset] &= (byte) (random.nextInt(4) == 0 ? 0xff : 0xc);
            }
        }

        private int read(int offset, int width) {
            count(offset, width);
            if (kind == 3) {
                return random.nextInt() >>> 32 - 8 * width;
            }
            int value = 0;
            for (int i = width - 1; i >= 0; i--) {
                value = value << 8 | registers[offset + i] & 0xff;
            }
            return value;
        }

        private void write(int offset, int value, int width) {
            count(offset, width);
            for (int i = 0; i < width && kind != 1; i++) {
                boolean part = kind == 2 && offset != 4 && random.nextInt(4) == 0;
                registers[offset + i] = (byte) (value >> 8 * i & (part ? random.nextInt() : -1));
            }
        }

        private void count(int offset, int width) {
            assertTrue(offset >= 0 && offset + width <= bytes && offset % width == 0);
            assertTrue(++accesses < MOST_ACCESSES, "it goes on for ever");
        }

        @Override
        public int segment() {
            return 0;
        }

        @Override
        public int firstBus() {
            return 0;
        }

        @Override
        public int lastBus() {
            return 1;
        }

        @Override
        public int read8(PciAddress function, int offset) {
            return read(offset, 1);
        }

        @Override
        public int read16(PciAddress function, int offset) {
            return read(offset, 2);
        }

        @Override
        public int read32(PciAddress function, int offset) {
            return read(offset, 4);
        }

        @Override
        public void write8(PciAddress function, int offset, int value) {
            write(offset, value, 1);
        }

        @Override
        public void write16(PciAddress function, int offset, int value) {
            write(offset, value, 2);
        }

        @Override
        public void write32(PciAddress function, int offset, int value) {
            write(offset, value, 4);
        }
    }

    private interface Operation {
        void run() throws PciException, InterruptedException;
    }

    /** Whether it was refused; anything but an error that names the device fails the test. */
    private static boolean isRefused(Operation operation) {
        try {
            operation.run();
            return false;
        } catch (PciException e) {
            assertTrue(e.getMessage().startsWith("pci 0000:00:03.0: "), e.getMessage());
            return true;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void nothingButANamedErrorComesOutOfAnyFunction() {
        int refused = 0;
        int accepted = 0;
        for (int seed = 0; seed < HostileCases.of(100_000); seed++) {
            Chaos space = new Chaos(seed);
            PciFunction function = new PciFunction(space, new PciAddress(0, 0, 3, 0));
            PciDevice device = new PciDevice(function, null);
            List<Operation> operations =
                    List.of(
                            () -> check(device.baseAddresses()),
                            device::capabilities,
                            () -> device.msi().ifPresent(msi -> msi.enable(false)),
                            () -> device.msix().ifPresent(HostilePciTest::check),
                            device::pin,
                            device::enableDecoding,
                            () -> PciReset.reset(device, milliseconds -> {}));
            for (Operation operation : operations) {
                if (isRefused(operation)) {
                    refused++;
                } else {
                    accepted++;
                }
            }
            assertFalse(device.toString().isEmpty());
        }
        // Both happen often: the model is neither all nonsense nor harmless.
        assertTrue(refused > 100_000, "refused " + refused);
        assertTrue(accepted > 100_000, "accepted " + accepted);
    }

    private static void check(List<BaseAddress> addresses) {
        for (BaseAddress address : addresses) {
            assertTrue(address.bytes() > 0 && Long.bitCount(address.bytes()) == 1);
            assertEquals(0, address.address() & address.bytes() - 1);
            assertTrue(address.address() >= 0 && address.address() + address.bytes() <= 1L << 52);
        }
    }

    private static void check(MsixCapability msix) {
        assertTrue(msix.vectors() >= 1 && msix.vectors() <= 2048);
        assertTrue(msix.base().contains(msix.tableOffset(), 16L * msix.vectors()));
    }

    @Test
    void sizesAreFoundWithoutChangingAnything() {
        for (int seed = 0; seed < HostileCases.of(20_000); seed++) {
            Chaos space = new Chaos(seed);
            if (space.kind != 0) {
                continue;
            }
            byte[] before = space.registers.clone();
            PciFunction function = new PciFunction(space, new PciAddress(0, 0, 3, 0));
            PciDevice device = new PciDevice(function, null);
            isRefused(device::baseAddresses);
            for (int i = 0; i < before.length; i++) {
                assertEquals(before[i], space.registers[i], "register " + i + " of seed " + seed);
            }
        }
    }

    /** Bridges of chance on all buses: each bus is looked at once at most. */
    @Test
    void anyTreeOfBridgesEnds() {
        Random random = new Random(3);
        for (int round = 0; round < HostileCases.of(300); round++) {
            PciModel model = new PciModel(256, 255);
            int bridges = 1 + random.nextInt(200);
            for (int i = 0; i < bridges; i++) {
                int bus = random.nextInt(4) == 0 ? 0 : random.nextInt(256);
                model.add(bus, random.nextInt(32), 0)
                        .ids(0x8086, i, 0x060400)
                        .bridge(random.nextInt(256), random.nextInt(4) == 0 ? 255 : 200);
            }
            List<PciDevice> found = PciScan.scan(model, text -> assertTrue(text.contains("0000:")));
            assertTrue(found.size() <= bridges);
            assertEquals(found.size(), found.stream().map(PciDevice::address).distinct().count());
        }
    }
}
