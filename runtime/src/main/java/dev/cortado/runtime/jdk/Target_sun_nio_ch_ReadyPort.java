package dev.cortado.runtime.jdk;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.TargetClass;
import java.nio.channels.AsynchronousChannelGroup;
import java.nio.channels.spi.AsynchronousChannelProvider;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadFactory;

/** The groups of asynchronous channels that Cortado adds to the JDK. */
@TargetClass(className = "sun.nio.ch.ReadyPort")
final class Target_sun_nio_ch_ReadyPort {
    private Target_sun_nio_ch_ReadyPort() {}

    @Alias
    static native AsynchronousChannelGroup open(
            AsynchronousChannelProvider provider, int threads, ThreadFactory factory);

    @Alias
    static native AsynchronousChannelGroup open(
            AsynchronousChannelProvider provider, ExecutorService executor, int threads);

    @Alias
    static native Target_sun_nio_ch_Port of(
            AsynchronousChannelProvider provider, AsynchronousChannelGroup group);
}
