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

/**
 * Gives a test that has a parameter of type {@link XenHost} a machine of its own. When the test
 * fails, its error ends with what dom0, xl, Xen and the guests have logged.
 */
public final class XenExtension
        implements ParameterResolver, TestExecutionExceptionHandler, AfterEachCallback {
    /** A system property: with the value "true", tests run that take many minutes. */
    static final String LONG = "cortado.xen.long";

    private static final Namespace NAMESPACE = Namespace.create(XenExtension.class);

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
        XenHost host = lab().start();
        context.getStore(NAMESPACE).put(XenHost.class, host);
        return host;
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable error)
            throws Throwable {
        XenHost host = context.getStore(NAMESPACE).get(XenHost.class, XenHost.class);
        if (host == null) {
            throw error;
        }
        throw new AssertionError(error + "\n" + host.report(), error);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        XenHost host = context.getStore(NAMESPACE).remove(XenHost.class, XenHost.class);
        if (host != null) {
            host.close();
        }
    }
}
