package org.labharness.autograder.sample;

import jakarta.servlet.http.HttpServlet;
import java.nio.file.Path;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.Tomcat;

/** One servlet on a real server, at a free port of 127.0.0.1. */
public final class LoopbackTomcat implements AutoCloseable {
    private final Tomcat tomcat;

    private LoopbackTomcat(Tomcat tomcat) {
        this.tomcat = tomcat;
    }

    public static LoopbackTomcat serving(Path folder, String path, HttpServlet servlet) throws LifecycleException {
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(folder.toString());
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        tomcat.setSilent(true);
        Context context = tomcat.addContext("", null);
        if (context instanceof StandardContext quiet) {
            quiet.setClearReferencesThreadLocals(false);
            quiet.setClearReferencesRmiTargets(false);
        }
        Tomcat.addServlet(context, "tested", servlet).addMapping(path);
        tomcat.start();
        return new LoopbackTomcat(tomcat);
    }

    public String url() {
        return "http://127.0.0.1:" + tomcat.getConnector().getLocalPort();
    }

    @Override
    public void close() throws LifecycleException {
        tomcat.stop();
        tomcat.destroy();
    }
}
