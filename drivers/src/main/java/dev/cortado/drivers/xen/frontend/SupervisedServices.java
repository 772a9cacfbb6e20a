package dev.cortado.drivers.xen.frontend;

import dev.cortado.kernel.ipc.Contract;
import dev.cortado.kernel.ipc.RestartPolicy;
import dev.cortado.kernel.ipc.ServiceListener;
import dev.cortado.kernel.ipc.SupervisedService;
import dev.cortado.kernel.ipc.Supervisor;
import java.time.Duration;

/** The kernel's own way. */
public final class SupervisedServices implements ServiceStarter {
    private static final Duration END = Duration.ofSeconds(10);

    @Override
    public Runnable start(String name, Life life, RestartPolicy policy, ServiceListener deaths) {
        SupervisedService<Void, Void> service =
                new Supervisor(deaths)
                        .start(name, () -> server -> life.run(), Contract.FAIL, policy);
        return () -> {
            service.stop();
            service.awaitEndUninterruptibly(END);
        };
    }
}
