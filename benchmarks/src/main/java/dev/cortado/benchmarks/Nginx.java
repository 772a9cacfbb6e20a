package dev.cortado.benchmarks;

import java.io.IOException;
import java.util.Map;

/** Debian's nginx, with one page, as all that a Linux runs. */
final class Nginx {
    private static final int PAGE_BYTES = 612;

    private static final String CONFIGURATION =
            """
            daemon off;
            user root;
            worker_processes 1;
            pid /tmp/nginx.pid;
            error_log stderr;
            events {
                worker_connections 1024;
            }
            http {
                access_log off;
                default_type text/html;
                keepalive_requests 1000000000;
                open_file_cache max=16;
                server {
                    listen %d;
                    root /www;
                }
            }
            """
                    .formatted(ServerGuest.PORT);

    private Nginx() {}

    static LinuxProgram program(LinuxDevices devices) throws IOException {
        return LinuxProgram.of(
                Commands.find("nginx"),
                "-c /etc/nginx.conf",
                Map.of(
                        "etc/nginx.conf",
                        CONFIGURATION,
                        "etc/passwd",
                        "root:x:0:0:root:/:/bin/sh\n",
                        "etc/group",
                        "root:x:0:\n",
                        "www" + PageLoads.PAGE,
                        "x".repeat(PAGE_BYTES),
                        "var/lib/nginx/empty",
                        "",
                        "var/log/nginx/empty",
                        ""),
                devices);
    }
}
