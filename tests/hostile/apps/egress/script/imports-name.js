// SPDX-License-Identifier: GPL-3.0-or-later
import 'http://static-import.@CASE@.hostile.test/';
