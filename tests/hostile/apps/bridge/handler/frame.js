// SPDX-License-Identifier: GPL-3.0-or-later
parent.postMessage({ frame: 'own', nexus: typeof nexus, webkit: typeof window.webkit?.messageHandlers?.nexus }, '*');
