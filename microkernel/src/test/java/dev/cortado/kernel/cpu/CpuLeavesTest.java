package dev.cortado.kernel.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CpuLeavesTest {
    private static final int HYPERVISOR = 0x4000_0000;
    private static final int EXTENDED = 0x8000_0000;

    private final Map<Integer, int[]> machine = new HashMap<>();
    private final List<Integer> questions = new ArrayList<>();
    private final CpuLeaves leaves =
            new CpuLeaves(
                    new CpuLeaves.Source() {
                        @Override
                        public int read(int leaf, int subleaf, int register) {
                            questions.add(leaf);
                            return machine.get(leaf)[register / 4] + subleaf;
                        }

                        @Override
                        public void read(int leaf, int[] to, int at) {
                            questions.add(leaf);
                            System.arraycopy(machine.get(leaf), 0, to, at, 4);
                        }
                    });

    CpuLeavesTest() {
        machine.put(0, new int[] {0xd, 1, 2, 3});
        machine.put(1, new int[] {10, 11, 12, 13});
        machine.put(7, new int[] {70, 71, 72, 73});
        machine.put(0xd, new int[] {130, 131, 132, 133});
        machine.put(EXTENDED, new int[] {0x8000_0001, 0, 0, 0});
        machine.put(0x8000_0001, new int[] {80, 81, 82, 83});
    }

    @Test
    void whatNeverChangesIsAskedOnce() {
        for (int i = 0; i < 3; i++) {
            assertEquals(13, leaves.read(1, 0, CpuId.EDX));
            assertEquals(12, leaves.read(1, 0, CpuId.ECX));
            assertEquals(71, leaves.read(7, 0, CpuId.EBX));
            assertEquals(83, leaves.read(0x8000_0001, 0, CpuId.EDX));
            assertEquals(0xd, leaves.read(0, 0, CpuId.EAX));
        }
        assertEquals(List.of(0, 1, 7, EXTENDED, 0x8000_0001), questions);
    }

    @Test
    void whatDependsOnTheCpuOrOnWhatIsEnabledIsAskedEachTime() {
        assertEquals(11, leaves.read(1, 0, CpuId.EBX));
        machine.get(1)[1] = 99;
        assertEquals(99, leaves.read(1, 0, CpuId.EBX));
        assertEquals(131, leaves.read(0xd, 0, CpuId.EBX));
        assertEquals(133, leaves.read(0xd, 2, CpuId.EBX));
        assertEquals(75, leaves.read(7, 4, CpuId.EBX));
    }

    @Test
    void aLeafThatTheCpuDoesNotHaveIsZero() {
        assertEquals(0, leaves.read(0x15, 0, CpuId.EAX));
        assertEquals(0, leaves.read(0x8000_0007, 0, CpuId.EDX));
        assertEquals(0, leaves.read(0x8000_0008, 0, CpuId.EAX));
        assertEquals(0, leaves.read(0xc000_0000, 0, CpuId.EAX));
        assertEquals(List.of(0, 1, 7, EXTENDED, 0x8000_0001), questions);
    }

    @Test
    void aHypervisorsLeavesAreThereUnderOneOnly() {
        machine.put(HYPERVISOR, new int[] {0x4000_0001, 1, 2, 3});
        machine.put(0x4000_0001, new int[] {40, 41, 42, 43});
        assertEquals(0, leaves.read(HYPERVISOR, 0, CpuId.EBX), "the bit is not set");
        assertEquals(0, leaves.read(0x4000_0001, 0, CpuId.EAX));
    }

    @Test
    void aHypervisorSaysHowManyLeavesItHas() {
        machine.get(1)[2] = CpuId.HYPERVISOR;
        machine.put(HYPERVISOR, new int[] {0x4000_0001, 1, 2, 3});
        machine.put(0x4000_0001, new int[] {40, 41, 42, 43});
        assertEquals(1, leaves.read(HYPERVISOR, 0, CpuId.EBX));
        assertEquals(40, leaves.read(0x4000_0001, 0, CpuId.EAX));
        assertEquals(0, leaves.read(0x4000_0010, 0, CpuId.EAX));
    }
}
