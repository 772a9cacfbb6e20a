/** Programs that run in domains of Xen only; dev.cortado.system.XenDomainsIT starts them. */
package dev.cortado.system.guest.xen;
