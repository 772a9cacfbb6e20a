package dev.cortado.kernel.substrate;

import com.oracle.svm.core.feature.InternalFeature;
import com.oracle.svm.core.jdk.RuntimeSupport;
import dev.cortado.kernel.console.Console;
import dev.cortado.kernel.monitor.InterruptsCommand;
import dev.cortado.kernel.monitor.Monitor;
import dev.cortado.kernel.monitor.ProcessorsCommand;
import org.graalvm.nativeimage.Platforms;

/**
 * Puts the monitor into the image, unless the system property {@code cortado.monitor} is false when
 * the image is built.
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
        Console.setMonitored();
        Monitor monitor = MonitorThread.monitor();
        monitor.add(new ThreadsCommand(false));
        monitor.add(new ThreadsCommand(true));
        monitor.add(new MemoryCommand());
        monitor.add(new HeapCommand());
        monitor.add(new CollectCommand());
        monitor.add(new InterruptsCommand());
        monitor.add(new ProcessorsCommand());
        RuntimeSupport.getRuntimeSupport().addStartupHook(new MonitorThread.Start());
    }
}
