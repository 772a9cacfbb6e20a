package dev.cortado.kernel.substrate;

import com.oracle.svm.core.feature.InternalFeature;
import com.oracle.svm.hosted.FeatureImpl.DuringAnalysisAccessImpl;
import com.oracle.svm.util.ReflectionUtil;
import dev.cortado.kernel.console.Keyboard;
import dev.cortado.kernel.device.DeviceFaults;
import dev.cortado.kernel.device.FaultsCommand;
import dev.cortado.kernel.monitor.InterruptsCommand;
import dev.cortado.kernel.monitor.Monitor;
import dev.cortado.kernel.monitor.ProcessorsCommand;
import org.graalvm.nativeimage.ImageSingletons;
import org.graalvm.nativeimage.Platforms;

/**
 * Puts the monitor into the image. The system property {@code cortado.monitor}, when the image is
 * built, says whether the console's keys open it: {@code false} leaves it out, {@code true} has
 * them open it; otherwise they do if the guest is told so when it boots.
 */
@Platforms(CortadoPlatform.class)
public final class MonitorFeature implements InternalFeature {
    private static final String PROPERTY = "cortado.monitor";

    @Override
    public boolean isInConfiguration(IsInConfigurationAccess access) {
        return !"false".equals(System.getProperty(PROPERTY));
    }

    @Override
    public void afterRegistration(AfterRegistrationAccess access) {
        Keyboard.setMonitored("true".equals(System.getProperty(PROPERTY)));
        Monitor monitor = new Monitor();
        monitor.add(new ThreadsCommand(false));
        monitor.add(new ThreadsCommand(true));
        monitor.add(new MemoryCommand());
        monitor.add(new HeapCommand());
        monitor.add(new CollectCommand());
        monitor.add(new InterruptsCommand());
        monitor.add(new ProcessorsCommand());
        RequestThread.setMonitor(monitor);
        // For those who find out during the analysis that they have something to show.
        ImageSingletons.add(Monitor.class, monitor);
    }

    /** Who has no devices that could do anything wrong has no command that shows that. */
    @Override
    public void beforeAnalysis(BeforeAnalysisAccess access) {
        access.registerReachabilityHandler(
                reached -> {
                    Monitor monitor = ImageSingletons.lookup(Monitor.class);
                    monitor.add(new FaultsCommand());
                    ((DuringAnalysisAccessImpl) reached)
                            .rescanField(
                                    monitor, ReflectionUtil.lookupField(Monitor.class, "commands"));
                },
                ReflectionUtil.lookupMethod(
                        DeviceFaults.class, "add", String.class, DeviceFaults.Kind.class));
    }
}
