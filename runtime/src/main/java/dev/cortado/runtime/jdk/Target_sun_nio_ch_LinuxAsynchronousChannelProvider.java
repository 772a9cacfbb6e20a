package dev.cortado.runtime.jdk;

import com.oracle.svm.core.SubstrateUtil;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import java.nio.channels.AsynchronousChannelGroup;
import java.nio.channels.spi.AsynchronousChannelProvider;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadFactory;

/** Groups of asynchronous channels, over a list of open files that are ready. */
@TargetClass(className = "sun.nio.ch.LinuxAsynchronousChannelProvider")
final class Target_sun_nio_ch_LinuxAsynchronousChannelProvider {
    @Substitute
    public AsynchronousChannelGroup openAsynchronousChannelGroup(
            int threads, ThreadFactory factory) {
        return Target_sun_nio_ch_ReadyPort.open(
                SubstrateUtil.cast(this, AsynchronousChannelProvider.class), threads, factory);
    }

    @Substitute
    public AsynchronousChannelGroup openAsynchronousChannelGroup(
            ExecutorService executor, int threads) {
        return Target_sun_nio_ch_ReadyPort.open(
                SubstrateUtil.cast(this, AsynchronousChannelProvider.class), executor, threads);
    }

    @Substitute
    private Target_sun_nio_ch_Port toPort(AsynchronousChannelGroup group) {
        return Target_sun_nio_ch_ReadyPort.of(
                SubstrateUtil.cast(this, AsynchronousChannelProvider.class), group);
    }
}
