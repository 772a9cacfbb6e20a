package dev.cortado.kernel.substrate;

import com.oracle.svm.core.Uninterruptible;
import com.oracle.svm.core.c.function.CEntryPointErrors;
import com.oracle.svm.core.os.AbstractImageHeapProvider;
import dev.cortado.boot.layout.AddressSpace;
import org.graalvm.nativeimage.c.type.WordPointer;
import org.graalvm.word.Pointer;
import org.graalvm.word.PointerBase;
import org.graalvm.word.UnsignedWord;
import org.graalvm.word.WordFactory;

/** The image heap, used in place: the linker and the loader have put it there. */
final class LinkedImageHeap extends AbstractImageHeapProvider {
    @Override
    @Uninterruptible(reason = "Still being initialized.")
    public int initialize(
            Pointer reservedAddressSpace,
            UnsignedWord reservedSize,
            WordPointer basePointer,
            WordPointer endPointer) {
        Pointer base = WordFactory.pointer(AddressSpace.HEAP_BASE);
        if (getImageHeapAddressSpaceSize().aboveThan(reservedSize)) {
            return CEntryPointErrors.INSUFFICIENT_ADDRESS_SPACE;
        }
        basePointer.write(base);
        if (endPointer.isNonNull()) {
            endPointer.write(base.add(getImageHeapAddressSpaceSize()));
        }
        return CEntryPointErrors.NO_ERROR;
    }

    @Override
    @Uninterruptible(reason = "Called during isolate tear-down.")
    public int freeImageHeap(PointerBase heapBase) {
        return CEntryPointErrors.NO_ERROR;
    }
}
