package dev.cortado.boot.layout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AddressSpaceTest {

    @Test
    void theImageHeapCanBeMappedWithLargePages() {
        Random random = new Random(1);
        for (int i = 0; i < 10_000; i++) {
            long imageEnd = AddressSpace.IMAGE_BASE + random.nextInt(1 << 28);
            long physical = AddressSpace.imageHeapPhysical(imageEnd);
            long virtual = AddressSpace.HEAP_BASE + AddressSpace.IMAGE_HEAP_OFFSET;
            assertEquals(0, (physical ^ virtual) % AddressSpace.LARGE_PAGE_SIZE);
            assertTrue(physical >= imageEnd);
            assertTrue(physical < imageEnd + AddressSpace.LARGE_PAGE_SIZE);
        }
    }

    @Test
    void regionsAreInTheLowerHalfAndEachHasTopLevelEntriesOfItsOwn() {
        List<Long> regions =
                List.of(
                        AddressSpace.IMAGE_BASE,
                        AddressSpace.HEAP_BASE,
                        AddressSpace.HEAP_LIMIT,
                        AddressSpace.REGIONS_BASE,
                        AddressSpace.STACKS_BASE,
                        AddressSpace.DIRECT_MAP_BASE,
                        AddressSpace.DEVICE_BASE);
        for (int i = 1; i < regions.size(); i++) {
            assertTrue(regions.get(i - 1) >> 39 < regions.get(i) >> 39);
            assertTrue(regions.get(i) < 1L << 47);
            assertEquals(0, regions.get(i) % (1L << 39));
        }
    }
}
