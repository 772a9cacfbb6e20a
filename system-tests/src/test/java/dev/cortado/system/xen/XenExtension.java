package dev.cortado.system.xen;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cortado.system.xen.lab.XenHost;
import dev.cortado.system.xen.lab.XenLab;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.opentest4j.TestAbortedException;

/**
 * Gives a test that has a parameter of type {@link XenHost} a machine without domains. One machine
 * serves all tests, one after the other, as long as they succeed. When a test fails, its error ends
 * with what dom0, xl, Xen and the guests have logged, and the next one gets another machine.
 */
public final class XenExtension
        implements ParameterResolver, TestExecutionExceptionHandler, AfterEachCallback {
    /**
     * The system property with which every test on Xen runs, and not only those of {@code ./check}.
     */
    static final String ALL = "cortado.xen.all";

    /** With this system property "true", tests take the time they need: many minutes. */
    static final boolean LONG = Boolean.getBoolean("cortado.xen.long");

    private static final Namespace NAMESPACE = Namespace.create(XenExtension.class);

    /** Closed when all tests have run. */
    private static final class Machine implements AutoCloseable {
        private XenHost host;
        private boolean used;

        XenHost use() {
            if (host == null) {
                host = lab().start();
            }
            used = true;
            return host;
        }

        void clear() {
            if (used && host != null) {
                used = false;
                host.clear();
            }
        }

        @Override
        public void close() {
            if (host != null) {
                host.close();
                host = null;
            }
        }
    }

    private static Machine machine(ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(Machine.class, key -> new Machine(), Machine.class);
    }

    /** The lab of this module, made when it is first asked for. Elsewhere tests are skipped. */
    static XenLab lab() {
        assumeTrue(XenLab.isPossible(), "the lab is made of Debian's packages");
        return XenLab.in(Path.of(System.getProperty("basedir", ".")).resolve("target/xenlab"));
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == XenHost.class;
    }

    @Override
    public XenHost resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return machine(context).use();
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable error)
            throws Throwable {
        Machine machine = machine(context);
        if (machine.host == null || error instanceof TestAbortedException) {
            throw error;
        }
        String report = machine.host.report();
        machine.close();
        throw new AssertionError(error + "\n" + report, error);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        Machine machine = machine(context);
        try {
            machine.clear();
        } catch (RuntimeException | Error e) {
            machine.close();
            throw e;
        }
    }
}
