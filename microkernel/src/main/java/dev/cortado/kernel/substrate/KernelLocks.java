package dev.cortado.kernel.substrate;

import com.oracle.svm.core.locks.VMCondition;
import com.oracle.svm.core.locks.VMLockSupport;
import com.oracle.svm.core.locks.VMMutex;
import com.oracle.svm.core.locks.VMSemaphore;
import org.graalvm.nativeimage.Platform;
import org.graalvm.nativeimage.Platforms;

/** The Java runtime's own locks on top of the kernel's. */
final class KernelLocks extends VMLockSupport {
    @Override
    @Platforms(Platform.HOSTED_ONLY.class)
    protected VMMutex replaceVMMutex(VMMutex source) {
        return new KernelMutex(source.getName());
    }

    @Override
    @Platforms(Platform.HOSTED_ONLY.class)
    protected VMCondition replaceVMCondition(VMCondition source) {
        VMMutex mutex = (VMMutex) mutexReplacer.apply(source.getMutex());
        return new KernelCondition((KernelMutex) mutex, source.getConditionName());
    }

    @Override
    @Platforms(Platform.HOSTED_ONLY.class)
    protected VMSemaphore replaceSemaphore(VMSemaphore source) {
        return new KernelSemaphore(source.getName());
    }
}
