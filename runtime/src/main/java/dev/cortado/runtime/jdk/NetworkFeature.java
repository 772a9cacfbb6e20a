package dev.cortado.runtime.jdk;

import com.oracle.svm.core.feature.InternalFeature;
import com.oracle.svm.core.jdk.JavaNetSubstitutions;
import com.oracle.svm.hosted.FeatureImpl.DuringAnalysisAccessImpl;
import com.oracle.svm.util.ReflectionUtil;
import dev.cortado.kernel.monitor.Monitor;
import dev.cortado.runtime.network.GuestNetwork;
import dev.cortado.runtime.network.NetworkCommand;
import java.lang.reflect.Method;
import org.graalvm.nativeimage.ImageSingletons;
import org.graalvm.nativeimage.Platform;
import org.graalvm.nativeimage.Platforms;

/** Lets URLs, files and the monitor know of the network, as soon as the program reaches it. */
@Platforms(Platform.HOSTED_ONLY.class)
public final class NetworkFeature implements InternalFeature {
    @Override
    public String getDescription() {
        return "URLs and the monitor in images with a network";
    }

    @Override
    public void beforeAnalysis(BeforeAnalysisAccess access) {
        access.registerReachabilityHandler(
                NetworkFeature::reached, ReflectionUtil.lookupMethod(GuestNetwork.class, "get"));
    }

    /**
     * What {@code --enable-url-protocols=http} does, which only who has a network needs. With https
     * every such image would have all of TLS: who opens such URLs says so to the compiler.
     */
    private static void enableHttpUrls(DuringAnalysisAccessImpl access) {
        Method add =
                ReflectionUtil.lookupMethod(
                        JavaNetSubstitutions.class, "addURLStreamHandler", String.class);
        ReflectionUtil.invokeMethod(add, null, "http");
        Class<?> support =
                ReflectionUtil.lookupClass(
                        false,
                        JavaNetSubstitutions.class.getPackageName() + ".URLProtocolsSupport");
        access.rescanField(
                ImageSingletons.lookup(support),
                ReflectionUtil.lookupField(support, "imageHandlers"));
    }

    /** An image may be without a monitor. */
    private static void addMonitorCommand(DuringAnalysisAccessImpl access) {
        if (ImageSingletons.contains(Monitor.class)) {
            Monitor monitor = ImageSingletons.lookup(Monitor.class);
            monitor.add(new NetworkCommand());
            access.rescanField(monitor, ReflectionUtil.lookupField(Monitor.class, "commands"));
        }
    }

    private static void reached(DuringAnalysisAccess access) {
        UrlHosts.useNetwork();
        GuestFiles.setNetwork(new NetworkFiles());
        DuringAnalysisAccessImpl analysis = (DuringAnalysisAccessImpl) access;
        analysis.rescanRoot(ReflectionUtil.lookupField(UrlHosts.class, "known"));
        analysis.rescanRoot(ReflectionUtil.lookupField(GuestFiles.class, "network"));
        enableHttpUrls(analysis);
        addMonitorCommand(analysis);
    }
}
