package dev.cortado.runtime.jdk;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import javax.xml.transform.Source;
import javax.xml.transform.Templates;
import javax.xml.transform.TransformerConfigurationException;

/** The JDK turns style sheets into classes, and loads these. */
@TargetClass(
        className = "com.sun.org.apache.xalan.internal.xsltc.trax.TransformerFactoryImpl",
        onlyWith = IfPresent.class)
final class Target_com_sun_org_apache_xalan_internal_xsltc_trax_TransformerFactoryImpl {
    @Substitute
    @SuppressWarnings("unused")
    public Templates newTemplates(Source source) throws TransformerConfigurationException {
        throw new TransformerConfigurationException(
                "a guest cannot load classes, which the JDK makes of XSLT style sheets: transform"
                        + " without one, or use a processor that interprets them");
    }
}
