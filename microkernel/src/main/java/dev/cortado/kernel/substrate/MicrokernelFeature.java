package dev.cortado.kernel.substrate;

import com.oracle.svm.core.RegisterDumper;
import com.oracle.svm.core.feature.InternalFeature;
import com.oracle.svm.core.headers.LibCSupport;
import com.oracle.svm.core.headers.LibMSupport;
import com.oracle.svm.core.heap.Heap;
import com.oracle.svm.core.heap.PhysicalMemory;
import com.oracle.svm.core.jdk.PlatformNativeLibrarySupport;
import com.oracle.svm.core.jdk.RuntimeSupport;
import com.oracle.svm.core.jdk.SignalHandlerSupport;
import com.oracle.svm.core.jdk.SystemPropertiesSupport;
import com.oracle.svm.core.locks.VMLockSupport;
import com.oracle.svm.core.log.Log;
import com.oracle.svm.core.os.CommittedMemoryProvider;
import com.oracle.svm.core.os.ImageHeapProvider;
import com.oracle.svm.core.os.VirtualMemoryProvider;
import com.oracle.svm.core.stack.StackOverflowCheck;
import com.oracle.svm.core.thread.Parker;
import com.oracle.svm.core.thread.PlatformThreads;
import com.oracle.svm.core.thread.ThreadCpuTimeSupport;
import com.oracle.svm.core.thread.VMThreads;
import com.oracle.svm.core.util.PlatformTimeUtils;
import dev.cortado.boot.layout.AddressSpace;
import dev.cortado.kernel.ipc.Interruption;
import dev.cortado.kernel.message.KernelCalls;
import org.graalvm.nativeimage.ImageSingletons;
import org.graalvm.nativeimage.Platforms;
import org.graalvm.nativeimage.impl.ProcessPropertiesSupport;
import org.graalvm.nativeimage.impl.RuntimeSystemPropertiesSupport;

/** Puts the microkernel where native-image expects an operating system. */
@Platforms(CortadoPlatform.class)
public final class MicrokernelFeature implements InternalFeature {
    @Override
    public void duringSetup(DuringSetupAccess access) {
        GuestProperties properties = new GuestProperties();
        ImageSingletons.add(RuntimeSystemPropertiesSupport.class, properties);
        ImageSingletons.add(SystemPropertiesSupport.class, properties);
    }

    @Override
    public void afterRegistration(AfterRegistrationAccess access) {
        ImageSingletons.add(VirtualMemoryProvider.class, new KernelVirtualMemory());
        ImageSingletons.add(CommittedMemoryProvider.class, new KernelHeapMemory());
        ImageSingletons.add(ImageHeapProvider.class, new LinkedImageHeap());
        ImageSingletons.add(PhysicalMemory.PhysicalMemorySupport.class, new KernelPhysicalMemory());
        ImageSingletons.add(LibCSupport.class, new KernelLibC());
        ImageSingletons.add(LibMSupport.class, new KernelLibM());
        ImageSingletons.add(VMThreads.class, new KernelThreadSupport());
        ImageSingletons.add(VMThreads.ThreadLookup.class, new KernelThreadSupport.Lookup());
        ImageSingletons.add(PlatformThreads.class, new KernelPlatformThreads());
        ImageSingletons.add(ThreadCpuTimeSupport.class, new KernelCpuTime());
        ImageSingletons.add(Parker.ParkerFactory.class, new KernelParker.Factory());
        ImageSingletons.add(VMLockSupport.class, new KernelLocks());
        ImageSingletons.add(StackOverflowCheck.PlatformSupport.class, new KernelStacks());
        ImageSingletons.add(PlatformTimeUtils.class, new KernelTime());
        ImageSingletons.add(PlatformNativeLibrarySupport.class, new NoNativeLibraries());
        ImageSingletons.add(ProcessPropertiesSupport.class, new GuestProcess());
        ImageSingletons.add(RegisterDumper.class, new InterruptRegisters());
        ImageSingletons.add(KernelCalls.class, new MessageCalls());
        ImageSingletons.add(Interruption.class, new InterruptListener());
        ImageSingletons.add(SignalHandlerSupport.class, new Signals());
        RuntimeSupport.getRuntimeSupport().addStartupHook(new Signals.Start());
        RuntimeSupport.getRuntimeSupport().addStartupHook(new RequestThread.Start());
        RuntimeSupport.getRuntimeSupport().addStartupHook(new StartServices());
    }

    @Override
    public void beforeAnalysis(BeforeAnalysisAccess access) {
        Log.finalizeDefaultLogHandler(new KernelLog());
        int offset = Heap.getHeap().getImageHeapOffsetInAddressSpace();
        if (offset != AddressSpace.IMAGE_HEAP_OFFSET) {
            throw new IllegalStateException(
                    "The image heap starts at offset %#x of the heap, the linker puts it at %#x"
                            .formatted(offset, AddressSpace.IMAGE_HEAP_OFFSET));
        }
    }
}
